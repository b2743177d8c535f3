import { expect, test, vi } from 'vitest';
import { frontDesk } from './frontDesk.ts';
import { sameWordsInTwoCalls } from './twoCalls.ts';

interface WriteKeys {
  readonly writeKeys: (provider: string, call: string, name: string, args: unknown) => unknown;
}

vi.mock('../../src/plugins/retell/functions/writeKey.ts', async (original) => {
  const { writeKeys, ...rest } = await original<WriteKeys>();
  return {
    ...rest,
    writeKeys: (provider: string, _: string, name: string, args: unknown) => writeKeys(provider, '', name, args),
  };
});
vi.mock('../../src/core/booking/fingerprint.ts', () => ({ fingerprint: () => 'the same for all' }));

test('control: with keys that do not tell one call from another, a caller hears that the booking of another is his', async () => {
  const desk = await frontDesk();
  try {
    await expect(sameWordsInTwoCalls(desk)).rejects.toMatchObject({ name: 'AssertionError', actual: { ok: true } });
  } finally {
    await desk.close();
  }
});
