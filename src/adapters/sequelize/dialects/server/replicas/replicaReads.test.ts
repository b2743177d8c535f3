import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CompanyId } from '../../../../../adapter.ts';
import { CompanyMarks } from './companyMarks.ts';
import { Freshness } from './freshness.ts';
import { ReplicaReads } from './replicaReads.ts';

const id = (text: string): CompanyId => text as CompanyId;
const [salon, dentist] = [id('salon'), id('dentist')];
const covers = (applied: string, wanted: string): boolean => Number(applied) >= Number(wanted);

describe('up to when a copy is known to have everything', () => {
  test('it is the time at which the position that it has applied was asked for', () => {
    const freshness = new Freshness(covers, 10_000);
    freshness.expect(100, '5');
    freshness.expect(200, '7');
    freshness.reached('6');
    expect(freshness.asOfMs).toBe(100);
    freshness.reached('7');
    expect(freshness.asOfMs).toBe(200);
  });

  test('it rises with the time where nothing is written, even if the copy is late', () => {
    const freshness = new Freshness(covers, 10_000);
    freshness.expect(100, '5');
    freshness.expect(900, '5');
    freshness.reached('5');
    expect(freshness.asOfMs).toBe(900);
  });

  test('a copy that is always late by a while is known to have everything up to then', () => {
    const freshness = new Freshness(covers, 3000);
    for (let atMs = 0; atMs <= 20_000; atMs += 250) {
      freshness.expect(atMs, String(atMs));
      freshness.reached(String(atMs - 2000));
    }
    expect(freshness.asOfMs).toBe(18_000);
  });

  test('of a copy that was lost nothing is known', () => {
    const freshness = new Freshness(covers, 10_000);
    freshness.expect(100, '5');
    freshness.reached('5');
    freshness.lost();
    expect(freshness.asOfMs).toBe(-Infinity);
  });
});

describe('when a company was last written', () => {
  test('a company that is forgotten counts as written when the last of those was', () => {
    const marks = new CompanyMarks(1);
    marks.wrote(salon, 10);
    expect(marks.lastWriteMs(dentist)).toBe(-Infinity);
    marks.wrote(dentist, 20);
    expect(marks.lastWriteMs(salon)).toBe(10);
    expect(marks.lastWriteMs(dentist)).toBe(20);
    marks.wrote(salon, 30);
    expect(marks.lastWriteMs(dentist)).toBe(20);
  });

  test('a write that may have touched any company counts for all', () => {
    const marks = new CompanyMarks(10);
    marks.wrote(salon, 10);
    marks.wrote(undefined, 20);
    expect([salon, dentist].map((company) => marks.lastWriteMs(company))).toEqual([20, 20]);
  });
});

describe('reads of copies', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A primary that stands at `written`, and a copy of it. */
  function scene(maxLagMs = 1000) {
    const state = { written: 1, applied: 1, fails: false, asked: 0, warnings: [] as string[] };
    const copy = {
      name: 'copy',
      async position() {
        if (state.fails) throw new Error('gone');
        return String(state.applied);
      },
      close: async () => undefined,
    };
    const reads = new ReplicaReads({
      copies: [copy],
      covers,
      maxLagMs,
      async primaryPosition() {
        state.asked++;
        return String(state.written);
      },
      warn: (text) => state.warnings.push(text),
      steadyMs: () => Date.now(),
    });
    const from = (company: CompanyId): Promise<string> =>
      reads.read(
        company,
        () => (state.fails ? Promise.reject(new Error('gone')) : Promise.resolve('copy')),
        () => Promise.resolve('primary'),
      );
    return { state, reads, from };
  }

  test('the first goes to the primary, later ones to the copy', async () => {
    const { reads, from } = scene();
    expect(await from(salon)).toBe('primary');
    await vi.advanceTimersByTimeAsync(0);
    expect(await from(salon)).toBe('copy');
    await reads.close();
  });

  test('a company that was written reads the primary until the copy has caught up; another one does not', async () => {
    const { state, reads, from } = scene(5000);
    await from(salon);
    await vi.advanceTimersByTimeAsync(250);
    state.written = 2;
    reads.wrote(salon);
    expect([await from(salon), await from(dentist)]).toEqual(['primary', 'copy']);
    await vi.advanceTimersByTimeAsync(2000);
    expect([await from(salon), await from(dentist)]).toEqual(['primary', 'copy']);
    state.applied = 2;
    await vi.advanceTimersByTimeAsync(250);
    expect([await from(salon), await from(dentist)]).toEqual(['copy', 'copy']);
    await reads.close();
  });

  test('control: who is not told of the write reads what is old', async () => {
    const { state, reads, from } = scene(5000);
    await from(salon);
    await vi.advanceTimersByTimeAsync(250);
    state.written = 2;
    expect(await from(salon)).toBe('copy');
    await reads.close();
  });

  test('a copy that stays behind for longer than the limit is not read', async () => {
    const { state, reads, from } = scene(1000);
    await from(salon);
    await vi.advanceTimersByTimeAsync(0);
    for (let round = 0; round < 4; round++) {
      state.written++;
      expect(await from(salon)).toBe('copy');
      await vi.advanceTimersByTimeAsync(250);
    }
    state.written++;
    await vi.advanceTimersByTimeAsync(250);
    expect(await from(salon)).toBe('primary');
    await reads.close();
  });

  test('a copy that fails is not read again before it has answered, and both are told once', async () => {
    const { state, reads, from } = scene();
    await from(salon);
    await vi.advanceTimersByTimeAsync(0);
    state.fails = true;
    expect([await from(salon), await from(salon)]).toEqual(['primary', 'primary']);
    await vi.advanceTimersByTimeAsync(500);
    expect(await from(salon)).toBe('primary');
    state.fails = false;
    await vi.advanceTimersByTimeAsync(250);
    expect(await from(salon)).toBe('copy');
    expect(state.warnings).toEqual([expect.stringMatching(/cannot be read.*gone/), 'copy can be read again.']);
    await reads.close();
  });

  test('positions are asked for only while somebody reads', async () => {
    const { state, reads, from } = scene();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.asked).toBe(0);
    await from(salon);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.asked).toBe(20);
    expect(await from(salon)).toBe('primary');
    await reads.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.asked).toBe(21);
  });
});
