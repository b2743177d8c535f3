import type { CustomerId } from '../../model/ids.ts';
import { demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { StorageSentences } from './scene.ts';

/** People who are taken out of what is stored. */
export const forgetLaws: StorageSentences = {
  'an appointment stays without whom it was for, in its next version': async (scene) => {
    const shop = await scene.openShop();
    const customerId = scene.id<CustomerId>();
    const told = { customerId, notes: 'Eva comes', metadata: { name: 'Eva' }, callId: scene.id<never>() };
    const [row, other] = [
      await scene.book(shop, [shop.span(0, 30)], told),
      await scene.book(shop, [shop.span(30, 60)], told),
    ];
    scene.clock.advance(1000);
    demandEqual(
      await scene.storage.forget(shop.id, { appointments: [row.id, scene.id()], events: [] }),
      true,
      'answer',
    );
    const left = { ...row, customerId: null, notes: null, metadata: {}, version: 2, updatedMs: scene.clock.now() };
    demandEqual(await scene.storage.appointment(shop.id, row.id), left, 'the appointment');
    demandEqual(await scene.storage.appointment(shop.id, other.id), other, 'another one');
    demandEqual(await scene.busy(shop), [[0, 30, 30, 60], []], 'busy');
    const late = await scene.storage.write(shop.id, shop.update(row));
    demandEqual(late, { kind: 'version-conflict', version: 2, id: row.id }, 'outcome of writing an earlier state back');
  },

  'a call stays without who called and what was said, in its next version': async (scene) => {
    const shop = scene.shop();
    const said = { from: '+4930111', to: '+4930222', customerId: scene.id<CustomerId>(), offers: { '1': 'a.b' } };
    const call = shop.call({ ...said, transcript: 'a', summary: 'b', outcome: 'c', startedMs: at(0) });
    await scene.storage.saveCall(shop.id, call, 0);
    scene.clock.advance(1000);
    await scene.storage.forget(shop.id, { calls: [call.id], events: [] });
    const nothing = {
      from: null,
      to: null,
      customerId: null,
      transcript: null,
      summary: null,
      outcome: null,
      offers: {},
    };
    const left = { ...call, ...nothing, version: 2, updatedMs: scene.clock.now() };
    demandEqual(await scene.storage.callById(shop.id, call.id), left, 'the call');
    demandEqual(
      await scene.storage.saveCall(shop.id, { ...call, version: 2 }, 1),
      false,
      'whether an earlier state is saved',
    );
  },

  'events of an aggregate tell from then on what is left of their payload, and are delivered as ever': async (
    scene,
  ) => {
    const shop = scene.shop();
    const [first, second, other] = [shop.event('a'), shop.event('a'), shop.event('b')];
    await scene.commit(shop, { events: [first, second, other] });
    const redact = (payload: unknown): unknown => ({ ...(payload as object), revision: 0 });
    await scene.storage.forget(shop.id, { aggregates: ['a', 'c'], redact, events: [] });
    const lent = await scene.lease();
    demandEqual(
      lent.map(({ event }) => [event.id, event.payload]).sort(),
      [
        [first.id, { revision: 0 }],
        [other.id, { revision: 1 }],
      ],
      'events lent',
    );
    await scene.storage.maintenance.markSent('relay', first.id);
    demandEqual(
      (await scene.lease()).map(({ event }) => event.payload),
      [{ revision: 0 }],
      'payload of the next one',
    );
  },

  'a customer is deleted where no appointment names him, else nothing is forgotten': async (scene) => {
    const shop = scene.shop();
    const customer = await scene.customer(shop, { phone: '+4930111', name: 'Eva' });
    const row = await scene.book(shop, [shop.span(0, 30)], { customerId: customer.id });
    const call = shop.call({ from: '+4930111' });
    await scene.storage.saveCall(shop.id, call, 0);
    const event = shop.event(customer.id);
    const whole = {
      calls: [call.id],
      aggregates: [row.id],
      redact: () => null,
      customer: customer.id,
      events: [event],
    };
    demandEqual(await scene.storage.forget(shop.id, whole), false, 'answer while an appointment names him');
    demandEqual(await scene.storage.customer(shop.id, customer.id), customer, 'the customer');
    demandEqual(await scene.storage.callById(shop.id, call.id), call, 'the call');
    demandEqual(
      (await scene.lease()).map(({ event: { payload } }) => payload),
      [{ revision: 1 }],
      'events',
    );
    const appointments = [row.id];
    demandEqual(await scene.storage.forget(shop.id, { ...whole, appointments }), true, 'answer when none does');
    demandEqual(await scene.storage.customer(shop.id, customer.id), undefined, 'the customer then');
    demandEqual(await scene.storage.customerByPhone(shop.id, '+4930111'), undefined, 'the customer by his number');
    demandEqual(
      (await scene.lease()).map(({ event: { id } }) => id),
      [event.id],
      'the event of it',
    );
    demandEqual(await scene.storage.forget(shop.id, { customer: customer.id, events: [] }), true, 'answer once more');
  },

  'a customer whom a call names is not deleted': async (scene) => {
    const shop = scene.shop();
    const customer = await scene.customer(shop);
    const call = shop.call({ customerId: customer.id });
    await scene.storage.saveCall(shop.id, call, 0);
    const whole = { customer: customer.id, events: [] };
    demandEqual(await scene.storage.forget(shop.id, whole), false, 'answer while a call names him');
    demandEqual(await scene.storage.customer(shop.id, customer.id), customer, 'the customer');
    demandEqual(await scene.storage.forget(shop.id, { ...whole, calls: [call.id] }), true, 'answer when none does');
    demandEqual(await scene.storage.customer(shop.id, customer.id), undefined, 'the customer then');
  },

  'calls are walked through of one customer: those that name him, and those from and to his number': async (scene) => {
    const shop = scene.shop();
    const customerId = scene.id<CustomerId>();
    const calls = [
      shop.call({ providerCallId: 'a', customerId }),
      shop.call({ providerCallId: 'b', from: '+4930111' }),
      shop.call({ providerCallId: 'c', from: '+49301112', customerId: scene.id() }),
      shop.call({ providerCallId: 'd', to: '+4930111' }),
      shop.call({ providerCallId: 'e' }),
    ];
    for (const call of calls) await scene.storage.saveCall(shop.id, call, 0);
    const names = async (phone: string | null, after?: string): Promise<string[]> =>
      (await scene.storage.walk(shop.id, 'calls', { of: { customerId, phone }, after, limit: 9 })).map(
        ({ providerCallId }) => providerCallId,
      );
    demandEqual(await names('+4930111'), ['a', 'b', 'd'], 'calls of a customer with a number');
    demandEqual(await names('+4930111', calls[0]?.id), ['b', 'd'], 'those after the first');
    demandEqual(await names(null), ['a'], 'calls of a customer without a number');
  },
};
