import { expect, test } from 'vitest';
import { RetirementToken } from '../../../src/core/company/retention/retirement.ts';
import { migrate, storageAt } from '../../../src/adapters/sequelize/index.ts';
import { Maintenance, usualRetention } from '../../../src/adapter.ts';
import { createEngine, type Engine } from '../../../src/index.ts';
import { fakeClock } from '../../../src/testing.ts';
import { granted } from '../../engine/salon.ts';
import { fillBusySalon } from '../doctor/busySalon.ts';
import { found } from '../doctor/found.ts';

/** Delivers what waits, and sweeps: what an engine does all the while. */
async function keepUp(engine: Engine): Promise<void> {
  const maintenance = engine.get(Maintenance);
  for (let lent = await maintenance.leaseEvents('test', 60_000, 100); lent.length > 0;) {
    for (const { event } of lent) await maintenance.markSent('test', event.id);
    lent = await maintenance.leaseEvents('test', 60_000, 100);
  }
  const sweep = async (): Promise<boolean> =>
    Object.values(await maintenance.sweep(usualRetention, 100)).some((count) => count > 0);
  while (await sweep());
}

/** What a salon with one of everything has kept for long enough goes, and fits together at each moment. */
export function salonTests(fresh: () => Promise<string>): void {
  test('a salon with one of everything retires it piece by piece, and the doctor finds nothing after any of them', async () => {
    const place = await fresh();
    const factory = storageAt(place);
    await migrate(factory, 'up');
    const { company, nowMs } = await fillBusySalon(factory);
    const clock = fakeClock(nowMs + 90 * 86_400_000);
    const engine = await createEngine({
      storage: factory,
      clock,
      upkeep: false,
      relay: false,
      secret: 'the-same-secret-for-every-bench-of-a-test',
      onError: (error) => {
        throw error;
      },
    });
    const taken: Record<string, number> = {};
    try {
      await granted(await engine.company(company)).calls.record('retell', 'call-1', { status: 'completed' });
      await keepUp(engine);
      const days = { appointmentsDays: 30, callsDays: null, transcriptsDays: 30, customersDays: 30 };
      const { idempotencyMs } = usualRetention;
      for await (const piece of engine.get(RetirementToken).pieces({ limit: 5, idempotencyMs, byDefault: days })) {
        if ('failure' in piece) throw piece.failure;
        taken[piece.kind] = (taken[piece.kind] ?? 0) + piece.taken;
        if (piece.taken > 0) expect(await found(factory, { nowMs: clock.now() })).toEqual([]);
      }
      await keepUp(engine);
    } finally {
      await engine.stop();
    }
    expect(taken).toEqual({ transcripts: 0, appointments: 13, customers: 1 });
    expect(await found(factory, { nowMs: clock.now() })).toEqual([]);
  }, 60_000);
}
