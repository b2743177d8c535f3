import type { BookingWrite, Storage } from '../../src/adapter.ts';

/** The same storage with some of its methods in another form. */
export const between =
  (change: (inner: Storage) => Partial<Storage>) =>
  (inner: Storage): Storage => {
    const changed = change(inner);
    return new Proxy(inner, {
      get: (target, name) => {
        if (Object.hasOwn(changed, name)) return Reflect.get(changed, name) as unknown;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };

/** The same storage, given other writes than the engine meant. */
export const writing = (change: (write: BookingWrite) => BookingWrite): ((inner: Storage) => Storage) =>
  between((inner) => ({ write: (company, write) => inner.write(company, change(write)) }));
