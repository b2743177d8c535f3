import { token } from '../kernel/token.ts';

/** Tells the relay of this process that something was committed to the outbox. Only a hint: the relay polls as well. */
export class OutboxSignal {
  #listener: () => void = () => undefined;

  /** Sets who is woken. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  raise(): void {
    this.#listener();
  }
}

/** The signal of an engine. */
export const Outbox = token<OutboxSignal>()('askpro/outbox-signal');
