import { expect, test } from 'vitest';
import type { Storage } from '../../src/core/contracts/storage.ts';
import { replaced, type Ground } from './broken/brokenAdapter.ts';
import type { RecordedCall, RecordedMoment } from './broken/recordedLaws.ts';
import { Replay } from './broken/replay.ts';

const customer = (id: string): RecordedCall => ({
  method: 'customer',
  input: ['company', id],
  ending: { kind: 'answered', answer: { id, names: ['Ada'] } },
});
const [ada, bob] = [customer('ada'), customer('bob')];

const begins = (call: RecordedCall): RecordedMoment => ({ call, what: 'begins', atMs: 7 });
const ends = (call: RecordedCall): RecordedMoment => ({ call, what: 'ends', atMs: 8 });
const oneByOne = [begins(ada), ends(ada), begins(bob), ends(bob)];
const atOnce = [begins(ada), begins(bob), ends(bob), ends(ada)];

type Fault = (ground: Ground) => Storage['customer'];

/** Whether a fault in reading a customer is seen to do anything. */
async function strays(moments: readonly RecordedMoment[], fault: Fault): Promise<boolean> {
  const replay = new Replay();
  await replay.run((ground) => replaced(ground.real, { customer: fault(ground) }), moments);
  await new Promise((resolve) => setTimeout(resolve));
  return replay.strays;
}

const harmless: Readonly<Record<string, Fault>> = {
  'passes every call on': ({ real }) => real.customer,
  'passes every call on after a look at the clock': ({ real, clock }) => {
    return (company, id) => (clock.now() > 6 ? real.customer(company, id) : Promise.resolve(undefined));
  },
  'answers the same with what is undefined': ({ real }) => {
    return async (...asked) => ({ ...(await real.customer(...asked)), email: undefined }) as never;
  },
};

const harmful: Readonly<Record<string, Fault>> = {
  'asks for something else': ({ real }) => {
    return (company) => real.customer(company, 'eve' as never);
  },
  'asks twice': ({ real }) => {
    return async (...asked) => {
      await real.customer(...asked);
      return real.customer(...asked);
    };
  },
  'asks again after it has answered': ({ real }) => {
    return async (...asked) => {
      const answer = await real.customer(...asked);
      setTimeout(() => void real.customer(...asked).catch(() => undefined));
      return answer;
    };
  },
  'asks something of its own': ({ real }) => {
    return async (company, id) => {
      await real.config(company).catch(() => undefined);
      return real.customer(company, id);
    };
  },
  'does not ask': () => () => Promise.resolve({ id: 'ada', names: ['Ada'] } as never),
  'answers otherwise': ({ real }) => {
    return async (...asked) => ({ ...(await real.customer(...asked)), names: [] }) as never;
  },
  'changes what it was answered': ({ real }) => {
    return async (...asked) => {
      const found = await real.customer(...asked);
      (found as unknown as { names: string[] }).names.push('Eve');
      return found;
    };
  },
  fails: () => () => Promise.reject(new Error('no')),
  'looks into the database': ({ real, raw }) => {
    return (...asked) => {
      raw.exec('SELECT 1');
      return real.customer(...asked);
    };
  },
  'waits for time to pass': ({ real, clock }) => {
    return (...asked) => {
      clock.after(1, () => undefined);
      return real.customer(...asked);
    };
  },
};

test.each(Object.entries(harmless))('a law is not seen to meet a fault that %s', async (_, fault) => {
  expect([await strays(oneByOne, fault), await strays(atOnce, fault)]).toEqual([false, false]);
});

test.each(Object.entries(harmful))('a law is seen to meet a fault that %s', async (_, fault) => {
  expect([await strays(oneByOne, fault), await strays(atOnce, fault)]).toEqual([true, true]);
});

test('a fault that shows only in calls at once is met where there are some', async () => {
  const refusing: Fault = ({ real }) => {
    let isBusy = false;
    return async (...asked) => {
      if (isBusy) return undefined;
      isBusy = true;
      return real.customer(...asked).finally(() => (isBusy = false));
    };
  };
  const late: Fault = ({ real }) => {
    return async (...asked) => {
      await new Promise((resolve) => setTimeout(resolve));
      return real.customer(...asked);
    };
  };
  for (const fault of [refusing, late])
    expect([await strays(oneByOne, fault), await strays(atOnce, fault)]).toEqual([false, true]);
});

test('a fault comes to an end in every call, also where it is met', async () => {
  let underway = 0;
  const counting: Fault = ({ real }) => {
    return async (company, id) => {
      underway++;
      try {
        return await real.customer(company, id === 'bob' ? ('eve' as never) : id);
      } finally {
        underway--;
      }
    };
  };
  expect(await strays(atOnce, counting)).toBe(true);
  expect(underway).toBe(0);
});
