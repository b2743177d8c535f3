import { expect, test } from 'vitest';
import { frontDesk } from '../failures/frontDesk.ts';
import { trafficOf } from '../loading/statements.ts';

/** What a page with four weeks of a team costs, and how many starts it lists. */
async function page(size: number): Promise<{ readonly statements: number; readonly starts: number }> {
  const resources = Array.from({ length: size }, (_, index) => ({
    key: `s${index}`,
    name: `S ${index}`,
    schedule: 'week',
  }));
  const services = [{ key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30 }];
  const desk = await frontDesk({ salon: { resources, services } });
  try {
    const path = '/api/v2/slots?service=cut&from=2026-11-24T00:00:00Z&to=2026-12-22T00:00:00Z';
    const { body } = await desk.salon('GET', path);
    const { statements } = await trafficOf(() => desk.salon('GET', path));
    return { statements, starts: body.slots.length };
  } finally {
    await desk.close();
  }
}

test('four weeks of a team of twenty-five cost as many statements as those of one: whose key it is, and what is taken', async () => {
  expect(await page(1)).toEqual({ statements: 2, starts: 300 });
  expect(await page(25)).toEqual({ statements: 2, starts: 300 });
});
