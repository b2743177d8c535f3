import { expect } from 'vitest';
import type { Client, Told } from './api.ts';

/** What the salon has booked together, and what its bookings name. */
export interface GroupNames {
  readonly service: string;
  readonly branch: string;
  readonly resource: string;
  readonly customer: string;
  readonly appointment: string;
  readonly offer: string;
  readonly group: string;
}

/** A request of which another company must get nothing. */
interface GroupAttempt {
  readonly path: string;
  readonly body: unknown;
  readonly foreign: (told: Told) => void;
}

/** Books a series of which another company must get nothing; its id. */
export async function bookedGroup(ask: Client): Promise<string> {
  const body = { service: 'cut', start: '2026-12-07T10:00:00+01:00', rule: 'FREQ=DAILY;COUNT=2' };
  return String((await ask('POST', '/api/v2/series', { body })).body['groupId']);
}

const unknown = (code: string) => (told: Told) => expect([told.status, told.body.code]).toEqual([404, code]);
const item = (code: string) => (told: Told) => {
  expect(told.status).toBe(409);
  expect(told.body).toMatchObject({ code: 'BATCH_REFUSED', items: [{ refusal: { code } }] });
};

const wishes = ({ service, branch, resource }: GroupNames) =>
  [
    [{ service }, 'SERVICE_UNKNOWN'],
    [{ branch }, 'BRANCH_UNKNOWN'],
    [{ resource }, 'RESOURCE_UNKNOWN'],
  ] as const;

const seriesOf = (path: string, names: GroupNames): readonly GroupAttempt[] =>
  wishes(names).map(([own, code], index) => ({
    path,
    body: { service: 'cut', start: `2026-12-14T${10 + 2 * index}:00:00+01:00`, rule: 'FREQ=DAILY;COUNT=2', ...own },
    foreign: unknown(code),
  }));

/** Every operation on several appointments at once. */
export const groupAttempts: Readonly<Record<string, (names: GroupNames) => readonly GroupAttempt[]>> = {
  bookMany: (names) => [
    ...wishes(names).map(([own, code], index) => ({
      path: '/appointments/batch',
      body: { mode: 'all', items: [{ service: 'cut', start: `2026-12-18T${10 + 2 * index}:00:00+01:00`, ...own }] },
      foreign: item(code),
    })),
    {
      path: '/appointments/batch',
      body: { mode: 'all', items: [{ offer: names.offer }] },
      foreign: item('OFFER_INVALID'),
    },
  ],
  bookSeries: (names) => [
    ...seriesOf('/series', names),
    {
      path: '/series',
      body: {
        service: 'cut',
        start: '2026-12-16T13:00:00+01:00',
        rule: 'FREQ=DAILY;COUNT=2',
        customer: { id: names.customer },
      },
      foreign: unknown('CUSTOMER_UNKNOWN'),
    },
  ],
  checkSeries: (names) => seriesOf('/series/check', names),
  rescheduleSeries: ({ group }) => [
    {
      path: `/series/${group}/reschedule`,
      body: { scope: 'all', change: { shiftMinutes: 60 } },
      foreign: unknown('APPOINTMENT_UNKNOWN'),
    },
  ],
  cancelSeries: ({ group }) => [
    { path: `/series/${group}/cancel`, body: { scope: 'all' }, foreign: unknown('APPOINTMENT_UNKNOWN') },
  ],
};
