import { DatabaseSync } from 'node:sqlite';
import { describe, expect, vi } from 'vitest';
import { MONDAY } from '../engine/salon.ts';
import { TEN } from '../http/api.ts';
import { between, writing } from './between.ts';
import type { FrontDesk } from './frontDesk.ts';
import { guarded } from './guarded.ts';
import { sameWordsInTwoCalls, TUESDAY_AT_TEN } from './twoCalls.ts';

const TEN_MS = Date.parse(TEN);

describe('the time between the offer and the booking', () => {
  guarded(
    'what a caller is offered and holds stays his while he makes up his mind',
    async ({ salon, rows, clock }) => {
      const order = { service: 'anna-only', start: TEN };
      const { body: offered } = await salon('POST', '/api/v2/offers', { body: order });
      const held = await salon('POST', '/api/v2/holds', { body: { offer: offered.offer, owner: 'call-1' } });
      expect(held.status).toBe(201);
      expect(rows.claims(held.body.id)).toHaveLength(12);
      expect(rows.claims(held.body.id)[0]?.expiresMs).toBe(MONDAY + 300_000);
      clock.advance(299_000);
      const late = await salon('POST', '/api/v2/appointments', { body: order });
      expect([late.status, late.body.code]).toEqual([409, 'SLOT_TAKEN']);
      const booked = await salon('POST', '/api/v2/appointments', { body: { hold: held.body.id, owner: 'call-1' } });
      expect([booked.status, booked.body.id]).toEqual([201, held.body.id]);
      expect(rows.appointments()).toMatchObject([{ id: held.body.id, startMs: TEN_MS, status: 'confirmed' }]);
      expect(rows.count('holds')).toBe(0);
      expect(rows.claims(held.body.id).every(({ expiresMs }) => expiresMs === null)).toBe(true);
      expect(rows.events()).toEqual(['appointment.booked']);
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'a hold that claims nothing': {
        storage: writing((write) => (write.hold === undefined ? write : { ...write, claims: [] })),
      },
      'a hold that is not turned into the appointment': {
        storage: writing((write) => ({ ...write, convert: undefined })),
      },
    },
  );
});

describe('whose booking it is', () => {
  guarded("a stranger's booking is never confirmed to this caller", sameWordsInTwoCalls, {});

  guarded(
    'a key that was used for another order answers for that one alone',
    async ({ salon, other, rows }) => {
      const headers = { 'idempotency-key': 'order-1' };
      const order = { service: 'cut', start: TEN, customer: { name: 'Erika' } };
      const booked = await salon('POST', '/api/v2/appointments', { body: order, headers });
      expect(booked.status).toBe(201);
      const changed = await salon('POST', '/api/v2/appointments', {
        body: { ...order, customer: { name: 'Otto' } },
        headers,
      });
      expect([changed.status, changed.body.code]).toEqual([422, 'KEY_REUSED']);
      // The same key and the same words at another company are an order of its own.
      const elsewhere = await other('POST', '/api/v2/appointments', { body: order, headers });
      expect(elsewhere.status).toBe(201);
      expect(elsewhere.body.id).not.toBe(booked.body.id);
      expect(rows.appointments()).toHaveLength(2);
      expect(rows.count('idempotency')).toBe(2);
    },
    {
      'a key that is not compared with what was asked': {
        storage: between((inner) => ({
          idempotency: () => Promise.resolve(undefined),
          write: (company, write) => {
            const { idempotency } = write;
            return inner.write(company, { ...write, idempotency: idempotency && { ...idempotency, fingerprint: '' } });
          },
        })),
      },
    },
  );
});

describe('an order that comes twice', () => {
  /** The first try to tie a call to its appointment is lost, as where a process ends at that moment. */
  const losingTheLink = between((inner) => {
    let lost = false;
    return {
      saveCall: (company, row, version) => {
        if (row.appointmentId === null || lost) return inner.saveCall(company, row, version);
        lost = true;
        return Promise.reject(new Error('the process ended here'));
      },
    };
  });

  guarded(
    'a repeated booking is the same appointment, says so, and is tied to its call even where the first try was not',
    async ({ call, salon, rows, faults }) => {
      const caller = call('twice', { from_number: 'anonymous' });
      await caller.ask('find_slots', TUESDAY_AT_TEN);
      const first = await caller.ask('book', { offer: 1 });
      expect(first).toMatchObject({ ok: true });
      expect(faults).toHaveLength(1);
      expect(rows.calls()).toMatchObject([{ appointment: null }]);
      expect(await caller.ask('book', { offer: 1 })).toEqual(first);
      const [appointment, ...others] = rows.appointments();
      expect(others).toEqual([]);
      expect(rows.calls()).toMatchObject([{ appointment: appointment?.id }]);
      expect(rows.events()).toEqual(['appointment.booked']);

      const headers = { 'idempotency-key': 'order-1' };
      const ask = { body: { service: 'cut', start: TEN }, headers };
      const booked = await salon('POST', '/api/v2/appointments', ask);
      const again = await salon('POST', '/api/v2/appointments', ask);
      expect([booked.status, again.status]).toEqual([201, 200]);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(again.text).toBe(booked.text);
      expect(rows.count('appointments')).toBe(2);
    },
    {
      'a write without its key': {
        storage: (inner) => losingTheLink(writing((write) => ({ ...write, idempotency: undefined }))(inner)),
      },
    },
    { storage: losingTheLink },
  );
});

describe('an answer that came too late', () => {
  guarded(
    'what was committed after the agent gave up is found by asking again, here and after a restart',
    async (desk: FrontDesk) => {
      const { call, rows, clock, file } = desk;
      const caller = call('late', { from_number: '+493055501777' });
      await caller.ask('find_slots', { ...TUESDAY_AT_TEN, service: 'Cut' });
      const pending = clock.pending();
      const other = new DatabaseSync(file);
      other.exec('BEGIN IMMEDIATE');
      const first = caller.ask('book', { offer: 1 });
      await vi.waitFor(() => expect(clock.pending()).toBeGreaterThan(pending));
      clock.advance(3_000);
      expect(await first).toMatchObject({ ok: false, retry: true, reason: 'PENDING' });
      expect(rows.count('appointments')).toBe(0);
      other.exec('ROLLBACK');
      other.close();
      // Nobody waits for it any more, and it is booked all the same.
      await vi.waitFor(() => expect(rows.count('appointments')).toBe(1));
      const after = await desk.beside();
      try {
        const again = call('late', { from_number: '+493055501777' });
        expect(await again.ask('book', { offer: 1 })).toMatchObject({ ok: true, appointment: { time: '10:00' } });
        // A process that knows nothing of the first question answers by its key.
        const restarted = after.call('late', { from_number: '+493055501777' });
        expect(await restarted.ask('book', { offer: 1 })).toMatchObject({ ok: true, appointment: { time: '10:00' } });
      } finally {
        await after.close();
      }
      const [appointment, ...others] = rows.appointments();
      expect(others).toEqual([]);
      expect(rows.calls()).toMatchObject([{ appointment: appointment?.id }]);
      expect(rows.count('idempotency')).toBe(1);
    },
    {
      'a write without its key': { storage: writing((write) => ({ ...write, idempotency: undefined })) },
    },
  );
});
