import { EventEmitter } from 'eventemitter3';
import { expect, test } from 'vitest';
import { EventBus } from './events.ts';
import type { ErrorPlace } from './errorSink.ts';

interface Rang {
  readonly name: 'rang';
  readonly id: number;
  readonly payload: { readonly from: string };
}
interface HungUp {
  readonly name: 'hungUp';
  readonly payload: { readonly seconds: number };
}
interface PhoneEvents {
  readonly rang: Rang;
  readonly hungUp: HungUp;
}

const rang: Rang = { name: 'rang', id: 1, payload: { from: 'Ada' } };

const busWithErrors = () => {
  const errors: (ErrorPlace & { readonly error: unknown })[] = [];
  return { errors, bus: new EventBus<PhoneEvents>((error, place) => errors.push({ error, ...place })) };
};

test('an observer receives the payload, and the whole event beside it', () => {
  const { bus } = busWithErrors();
  const seen: unknown[] = [];
  bus.on('rang', ({ from }, { id }) => void seen.push([from, id]));
  bus.on('hungUp', () => void seen.push('never'));
  bus.emit(rang);
  expect(seen).toEqual([['Ada', 1]]);
});

test('a throwing observer breaks neither the emitter nor the others, and is reported', () => {
  const { bus, errors } = busWithErrors();
  const seen: string[] = [];
  const boom = new Error('boom');
  bus.on(
    'rang',
    () => {
      throw boom;
    },
    'faulty',
  );
  bus.on('rang', ({ from }) => void seen.push(from));
  bus.emit(rang);
  expect(seen).toEqual(['Ada']);
  expect(errors).toEqual([{ error: boom, phase: 'observer', plugin: 'faulty', event: 'rang' }]);
});

test('control: a bare emitter lets a throwing observer silence the others', () => {
  const emitter = new EventEmitter();
  const seen: string[] = [];
  emitter.on('rang', () => {
    throw new Error('boom');
  });
  emitter.on('rang', () => seen.push('second'));
  expect(() => emitter.emit('rang')).toThrow('boom');
  expect(seen).toEqual([]);
});

test('an observer whose promise rejects is reported', async () => {
  const { bus, errors } = busWithErrors();
  const boom = new Error('boom');
  bus.on('rang', () => 'what an observer returns does not matter');
  bus.on('rang', async () => Promise.reject(boom));
  bus.emit(rang);
  await new Promise(setImmediate);
  expect(errors).toEqual([{ error: boom, phase: 'observer', plugin: 'host', event: 'rang' }]);
});

test('a sink that throws becomes a process warning', async () => {
  const bus = new EventBus<PhoneEvents>(() => {
    throw new Error('sink');
  });
  const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
  bus.on('rang', () => {
    throw new Error('boom');
  });
  expect(() => bus.emit(rang)).not.toThrow();
  expect((await warned).message).toMatch(/sink.*boom/u);
});

test('an unsubscribed observer is not called again, not even by the emit under way', () => {
  const { bus } = busWithErrors();
  const seen: string[] = [];
  bus.on('rang', () => unsubscribeSecond());
  const unsubscribeSecond = bus.on('rang', () => void seen.push('second'));
  bus.emit(rang);
  unsubscribeSecond();
  bus.emit(rang);
  expect(seen).toEqual([]);
});

test('closing ends every subscription', () => {
  const { bus } = busWithErrors();
  const seen: string[] = [];
  bus.on('rang', () => void seen.push('called'));
  bus.close();
  bus.emit(rang);
  expect(seen).toEqual([]);
});

test('a durable handler is registered, not run', () => {
  const { bus } = busWithErrors();
  const seen: string[] = [];
  const run = ({ from }: Rang['payload']): void => void seen.push(from);
  bus.handle('rang', 'log.rang', run, 'log');
  bus.handle('rang', 'mail.rang', run);
  bus.emit(rang);
  expect(seen).toEqual([]);
  expect(bus.handlers.of('rang')).toEqual([
    { event: 'rang', name: 'log.rang', plugin: 'log', run },
    { event: 'rang', name: 'mail.rang', plugin: 'host', run },
  ]);
  expect(bus.handlers.of('hungUp')).toEqual([]);
});

test('the name of a durable handler is unique for its event, and may serve several events', () => {
  const { bus } = busWithErrors();
  bus.handle('rang', 'webhooks', () => {}, 'first');
  bus.handle('hungUp', 'webhooks', () => {}, 'first');
  expect(() => bus.handle('rang', 'webhooks', () => {}, 'second')).toThrow(
    /^HANDLER_NAME_TAKEN: Plugin "second" handles "rang" as "webhooks", as plugin "first" already does\./u,
  );
});

test('names and payloads of events are checked by the compiler', () => {
  const misuse = (bus: EventBus<PhoneEvents>): void => {
    // @ts-expect-error the event is called 'rang'
    bus.on('ring', () => {});
    // @ts-expect-error the payload has no 'to'
    bus.on('rang', ({ to }) => void to);
    // @ts-expect-error the payload of hungUp carries seconds
    bus.emit({ name: 'hungUp', payload: { from: 'Ada' } });
    // @ts-expect-error the event is called 'hungUp'
    bus.handle('hangUp', 'log', () => {});
    // @ts-expect-error seconds is a number
    bus.handle('hungUp', 'log', ({ seconds }: { readonly seconds: string }) => void seconds);
  };
  expect(misuse).toBeTypeOf('function');
});
