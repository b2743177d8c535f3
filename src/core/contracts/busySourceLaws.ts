import type { CompanyId } from '../model/ids.ts';
import type { BusySource, OutsideBusy, OutsideQuery, OutsideResource } from './busySource.ts';
import { demand, demandEqual, demandFound, type Law } from './law.ts';

/** A source to be judged, and what is true outside of it. */
export interface BusySourceSubject {
  readonly source: BusySource;
  readonly company: CompanyId;
  /** A company that the source knows nothing about, with resources of the same ids. */
  readonly stranger: CompanyId;
  /** The first one is occupied outside, the second one is not. */
  readonly resources: readonly [OutsideResource, OutsideResource];
  /** All that occupies the first one within {@link BusySourceSubject.range}: at least two times, ascending, apart. */
  readonly occupied: readonly { readonly startMs: number; readonly endMs: number }[];
  readonly range: { readonly fromMs: number; readonly toMs: number };
  /** Words of titles and people that the outside holds, and that nobody may hear. */
  readonly secrets: readonly string[];
  readonly now: () => number;
  /** What can be done to a source that reads from elsewhere; left out by one that computes its answers. */
  readonly outside?: OutsideControl;
  readonly close?: () => Promise<void>;
}

/** The connection of a source to its outside. */
export interface OutsideControl {
  /** After so long without contact the source must own that it knows nothing. */
  readonly limitMs: number;
  readonly cut: () => Promise<void>;
  readonly restore: () => Promise<void>;
  /** Settles when that much time has passed and the source has tried what it tries in it. */
  readonly pass: (byMs: number) => Promise<void>;
}

type Body = (subject: BusySourceSubject) => Promise<void>;
type RemoteBody = (subject: BusySourceSubject, outside: OutsideControl) => Promise<void>;

const bodies: Readonly<Record<string, Body>> = {
  'there is one answer for each resource, in the order asked': async (subject) => {
    const [busy, free] = subject.resources;
    for (const resources of [[busy, free], [free, busy], [busy, busy, free], []]) {
      const answers = await ask(subject, { resources });
      demandEqual(answers.length, resources.length, 'number of answers');
      for (const [index, resource] of resources.entries()) {
        const expected = resource === busy ? subject.occupied.length : 0;
        demandEqual((answers[index]?.intervals.length ?? 0) / 2, expected, `times of resource ${index}`);
      }
    }
  },

  'what is occupied outside is occupied here, to the millisecond': async (subject) => {
    const [answer] = await ask(subject);
    const pairs = subject.occupied.flatMap(({ startMs, endMs }) => [startMs, endMs]);
    demandEqual([...demandFound(answer, 'answer').intervals], pairs, 'intervals');
  },

  'a range is half-open: what ends at its start or starts at its end is not in it': async (subject) => {
    for (const [index, { startMs, endMs }] of subject.occupied.entries()) {
      const before = subject.occupied[index - 1]?.endMs ?? subject.range.fromMs;
      const [outside] = await ask(subject, { fromMs: before, toMs: startMs });
      demandEqual([...(outside?.intervals ?? [])], [], `times before number ${index}`);
      const [last] = await ask(subject, { fromMs: endMs - 1, toMs: endMs });
      demandEqual(last?.intervals.length, 2, `numbers for the last millisecond of number ${index}`);
      demandEqual(last?.intervals[1], endMs, `end of number ${index}`);
    }
  },

  'a kind is one word, and nothing of what the outside calls its times is told': async (subject) => {
    const answers = await ask(subject);
    const { kind } = demandFound(answers[0], 'answer');
    demand(/^[a-z][a-z-]{0,30}$/.test(kind), `a kind should be a word like "calendar", not "${kind}"`);
    const told = JSON.stringify(answers);
    for (const secret of subject.secrets) demand(!told.includes(secret), `nobody should hear "${secret}"`);
  },

  'what is known says since when, and not since a time to come': async (subject) => {
    const { state, asOfMs } = demandFound((await ask(subject))[0], 'answer');
    demandEqual(state, 'fresh', 'state');
    demand(asOfMs !== null && asOfMs <= subject.now(), `asOfMs should be a time until now, not ${asOfMs}`);
  },

  'one company hears nothing of another': async (subject) => {
    const { source, stranger, resources, range } = subject;
    const answers = await source.read(stranger, { resources, ...range });
    for (const answer of answers) demandEqual([...(answer?.intervals ?? [])], [], 'times told to a stranger');
  },
};

const remoteBodies: Readonly<Record<string, RemoteBody>> = {
  'cut off, a source tells what it last knew, and that it is stale': async (subject, { cut, pass, limitMs }) => {
    const [before] = await ask(subject);
    await cut();
    await pass(limitMs / 2);
    const [after] = await ask(subject);
    demandEqual([...(after?.intervals ?? [])], [...(before?.intervals ?? [])], 'intervals after the cut');
    demandEqual(after?.state, 'stale', 'state after the cut');
    demandEqual(after?.asOfMs, before?.asOfMs, 'asOfMs after the cut');
  },

  'cut off for longer than the limit, a source knows nothing': async (subject, { cut, pass, limitMs }) => {
    await cut();
    await pass(limitMs + 1);
    demandEqual((await ask(subject))[0]?.state, 'unknown', 'state after the limit');
  },

  'reached again, a source is fresh again': async (subject, { cut, restore, pass, limitMs }) => {
    const [before] = await ask(subject);
    await cut();
    await pass(limitMs + 1);
    await restore();
    await pass(limitMs * 2);
    const [after] = await ask(subject);
    demandEqual(after?.state, 'fresh', 'state after the return');
    demand((after?.asOfMs ?? 0) > (before?.asOfMs ?? 0), 'asOfMs should have moved on');
  },
};

const ask = async (
  { source, company, resources, range }: BusySourceSubject,
  changes: Partial<OutsideQuery> = {},
): Promise<readonly (OutsideBusy | undefined)[]> => source.read(company, { resources, ...range, ...changes });

/**
 * The laws of {@link BusySource}. `create` makes a fresh subject for each law; a source with `remote: true` has an
 * `outside`, from which it can be cut.
 *
 * @example
 * for (const law of busySourceLaws({ create: mySubject, remote: true })) test(law.name, law.run);
 */
export const busySourceLaws = ({
  create,
  remote,
}: {
  readonly create: () => BusySourceSubject | Promise<BusySourceSubject>;
  readonly remote: boolean;
}): readonly Law[] => {
  const law = (name: string, body: Body): Law => ({
    name,
    run: async () => {
      const subject = await create();
      try {
        await body(subject);
      } finally {
        await subject.close?.();
      }
    },
  });
  return [
    ...Object.entries(bodies).map(([name, body]) => law(name, body)),
    ...Object.entries(remote ? remoteBodies : {}).map(([name, body]) =>
      law(name, (subject) => body(subject, demandFound(subject.outside, 'what a remote source can be cut from'))),
    ),
  ];
};
