import type { Customer } from '../../model/customer.ts';
import type { CustomerId } from '../../model/ids.ts';
import { demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { StorageSentences } from './scene.ts';

/** Rows that a write stores: appointments by version, customers by phone number, events. */
export const writeLaws: StorageSentences = {
  'an appointment is read back as it was written': async (scene) => {
    const shop = scene.shop();
    const bare = await scene.book(shop, [shop.span(0, 30)]);
    const full = await scene.book(shop, [shop.benSpan(0, 30), shop.span(30, 60)], {
      customerId: scene.id(),
      callId: scene.id(),
      status: 'pending',
      source: 'retell',
      price: { amountMinor: 123_456_789_012, currency: 'JPY' },
      notes: 'Zeile 1\nZeile 2 – „ß“ \\ \' " 💇 ' + 'x'.repeat(5000),
      metadata: { 'a.b': '1', ä: '', '': '💇' },
      parts: [{ serviceId: scene.id(), key: 'colour', startMs: at(0), endMs: at(30), resourceIds: [shop.ben] }],
      partySize: 3,
      sessionId: scene.id(),
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      groupId: scene.id(),
      recurrence: { rule: 'FREQ=WEEKLY;COUNT=3', startMs: at(30) },
      fee: { reason: 'noShow', price: { amountMinor: 1500, currency: 'EUR' } },
      moves: 2,
      createdMs: 1,
      updatedMs: at(0) + 1,
    });
    demandEqual(await scene.storage.appointment(shop.id, bare.id), bare, 'an appointment with empty fields');
    demandEqual(await scene.storage.appointment(shop.id, full.id), full, 'an appointment with every field');
    demandEqual(await scene.storage.appointment(shop.id, scene.id()), undefined, 'an appointment nobody made');
  },

  'an appointment is updated where it has the version expected': async (scene) => {
    const shop = scene.shop();
    const first = await scene.book(shop, [shop.span(0, 30)], { notes: 'first', callId: scene.id() });
    const second = {
      ...first,
      version: 2,
      status: 'completed',
      notes: null,
      callId: null,
      metadata: { a: 'b' },
    } as const;
    await scene.commit(shop, { appointments: [{ row: second, expectedVersion: 1 }], events: [] });
    demandEqual(await scene.storage.appointment(shop.id, first.id), second, 'the second version');
  },

  'another version is a conflict that tells the stored one': async (scene) => {
    const shop = scene.shop();
    const first = await scene.book(shop, [shop.span(0, 30)]);
    await scene.commit(shop, shop.update(first));
    const late = await scene.storage.write(shop.id, shop.update(first, { notes: 'late' }));
    demandEqual(late, { kind: 'version-conflict', version: 2, id: first.id }, 'outcome of a second writer');
    const early = await scene.storage.write(shop.id, shop.update({ ...first, version: 3 }));
    demandEqual(early, { kind: 'version-conflict', version: 2, id: first.id }, 'outcome of a version yet to come');
    demandEqual((await scene.storage.appointment(shop.id, first.id))?.notes, null, 'notes');
  },

  'an appointment that is there is not inserted, and one that is not there is not updated': async (scene) => {
    const shop = scene.shop();
    const first = await scene.book(shop, [shop.span(0, 30)]);
    const again = { row: { ...first, notes: 'again' }, expectedVersion: 0 };
    const outcome = await scene.storage.write(shop.id, { appointments: [again], events: [] });
    demandEqual(outcome, { kind: 'version-conflict', version: 1, id: first.id }, 'outcome of a second insert');
    const absent = shop.appointment([shop.span(60, 90)]);
    const missing = await scene.storage.write(shop.id, shop.update(absent));
    demandEqual(missing, { kind: 'version-conflict', version: 0, id: absent.id }, 'outcome of an update of nothing');
    demandEqual(await scene.storage.appointment(shop.id, first.id), first, 'the first');
  },

  'one write stores several appointments': async (scene) => {
    const shop = scene.shop();
    const [old, one, two] = [0, 30, 60].map((from) => shop.appointment([shop.span(from, from + 30)]));
    if (!old || !one || !two) return;
    await scene.commit(shop, shop.booking(old));
    const next = { ...old, version: 2, status: 'noShow' } as const;
    await scene.commit(shop, {
      claims: [shop.claim(one), shop.claim(two)],
      appointments: [
        { row: one, expectedVersion: 0 },
        { row: next, expectedVersion: 1 },
        { row: two, expectedVersion: 0 },
      ],
      events: [],
    });
    const stored = await Promise.all([one, next, two].map(({ id }) => scene.storage.appointment(shop.id, id)));
    demandEqual(stored, [one, next, two], 'appointments');
  },

  'one write stores several customers': async (scene) => {
    const shop = scene.shop();
    const customers = [shop.customer({ phone: '+49301' }), shop.customer({ phone: '+49302' })];
    await scene.commit(shop, { customers, events: [] });
    demandEqual(await scene.storage.customers(shop.id, { limit: 3 }), customers, 'customers');
  },

  'a customer is read back as written, by id and by number': async (scene) => {
    const shop = scene.shop();
    const [phone, name, email, locale] = ['+4915112345678', 'Zoë „O’Neil“ 💇', 'zoe@example.org', 'de-AT'];
    const full = await scene.customer(shop, { phone, name, email, locale, noShows: 3 });
    const bare = await scene.customer(shop);
    demandEqual(await scene.storage.customer(shop.id, full.id), full, 'a customer with every field');
    demandEqual(await scene.storage.customerByPhone(shop.id, phone), full, 'the customer of a number');
    demandEqual(await scene.storage.customer(shop.id, bare.id), bare, 'a customer with empty fields');
    demandEqual(await scene.storage.customer(shop.id, scene.id()), undefined, 'a customer nobody made');
  },

  'how often a customer did not come is counted up and down, never below none, and by nothing else': async (scene) => {
    const shop = scene.shop();
    const customer = await scene.customer(shop);
    const counted = async (by: 1 | -1): Promise<number | undefined> => {
      await scene.commit(shop, { missed: [{ customerId: customer.id, by }], events: [] });
      return (await scene.storage.customer(shop.id, customer.id))?.noShows;
    };
    demandEqual([await counted(1), await counted(1), await counted(-1)], [1, 2, 1], 'counts');
    await scene.commit(shop, { customers: [{ ...customer, name: 'Zoë' }], events: [] });
    demandEqual([await counted(-1), await counted(-1)], [0, 0], 'counts after a change of the name');
  },

  'a customer is found by the whole number and no other': async (scene) => {
    const shop = scene.shop();
    await scene.customer(shop, { phone: '+4915112345678' });
    for (const near of ['4915112345678', '+4915212345678', '+491511234567', '+49151123456780', '12345678', '']) {
      demandEqual(await scene.storage.customerByPhone(shop.id, near), undefined, `customer of ${near}`);
    }
  },

  'a customer who is known is updated': async (scene) => {
    const shop = scene.shop();
    const before = await scene.customer(shop, { phone: '+4915112345678', name: 'Zoe', email: 'zoe@example.org' });
    const after = { ...before, phone: '+4915187654321', name: 'Zoë', email: null };
    await scene.commit(shop, { customers: [before], events: [] });
    await scene.commit(shop, { customers: [{ ...after, noShows: 1 }], events: [] });
    demandEqual(await scene.storage.customer(shop.id, before.id), after, 'customer');
    demandEqual(
      await scene.storage.customerByPhone(shop.id, '+4915112345678'),
      undefined,
      'customer of the old number',
    );
  },

  'a number belongs to one customer of a company: who comes second has raced': async (scene) => {
    const shop = scene.shop();
    const first = await scene.customer(shop, { phone: '+4915112345678' });
    const other = await scene.customer(shop, { phone: '+4915187654321' });
    const second = shop.customer({ phone: first.phone });
    const inserted = await scene.storage.write(shop.id, { customers: [second], events: [] });
    demandEqual(inserted, { kind: 'customer-raced' }, 'outcome of a second customer with the number');
    const moved = await scene.storage.write(shop.id, { customers: [{ ...other, phone: first.phone }], events: [] });
    demandEqual(moved, { kind: 'customer-raced' }, 'outcome of a known customer who takes the number');
    demandEqual(await scene.storage.customerByPhone(shop.id, '+4915112345678'), first, 'whose number it is');
    demandEqual(await scene.storage.customer(shop.id, other.id), other, 'the other customer');
  },

  'a write by known customers is made where they are there, also when it changes them': async (scene) => {
    const shop = scene.shop();
    const [zoe, ben] = [await scene.customer(shop), await scene.customer(shop)];
    const theirs = await scene.customer(scene.shop());
    const require = (ids: readonly CustomerId[], customers: readonly Customer[] = []) => ({
      requireCustomers: ids,
      customers,
      events: [],
    });
    const row = shop.appointment([shop.span(0, 30)], { customerId: zoe.id });
    await scene.commit(shop, shop.booking(row, require([zoe.id])));
    await scene.commit(shop, require([zoe.id, ben.id], [{ ...zoe, name: 'Zoë' }]));
    demandEqual((await scene.storage.customer(shop.id, zoe.id))?.name, 'Zoë', 'name of who was changed');
    const gone = shop.customer({ name: 'Eva' });
    for (const [who, more] of [
      ['one nobody made', require([gone.id])],
      ['one who is changed and nobody made', require([gone.id], [gone])],
      ['one of another company', require([theirs.id])],
      ['one who is there and one who is not', require([zoe.id, gone.id])],
    ] as const) {
      const booking = shop.booking(shop.appointment([shop.span(60, 90)]), more);
      demandEqual(await scene.storage.write(shop.id, booking), { kind: 'customer-raced' }, `outcome by ${who}`);
    }
    demandEqual(await scene.storage.customer(shop.id, gone.id), undefined, 'the customer nobody made');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
  },

  'any number of customers have no number': async (scene) => {
    const shop = scene.shop();
    const ids: CustomerId[] = [];
    for (let i = 0; i < 3; i++) ids.push((await scene.customer(shop)).id);
    const stored = await scene.storage.customers(shop.id, { limit: 10 });
    demandEqual(
      stored.map(({ id }) => id),
      ids,
      'customers',
    );
  },

  'a committed write leaves its events in the outbox': async (scene) => {
    const shop = scene.shop();
    const booked = shop.appointment([shop.span(0, 30)]);
    const event = shop.event(booked.id, { name: 'appointment.booked', payload: { appointment: booked } } as object);
    await scene.commit(shop, shop.booking(booked, { events: [event, shop.event('day')] }));
    const lent = (await scene.lease()).map((each) => each.event);
    demandEqual(
      lent.find(({ aggregate }) => aggregate === booked.id),
      event,
      'event',
    );
    demandEqual(lent.length, 2, 'number of events');
  },

  'a write of nothing is committed': async (scene) => {
    await scene.commit(scene.shop(), { events: [] });
  },
};
