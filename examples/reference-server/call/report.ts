import type { Answered } from './exchange.ts';
import type { Rows } from './rows.ts';
import type { SeatRow } from './sessionRows.ts';

/** Prints the play as it goes: each step with its time, what was said, and the rows behind it. */
export class Report {
  readonly #rows: Rows;
  #step = 0;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** A new scene. */
  scene(title: string): void {
    console.log(`\n${title}`);
  }

  /** One request and how long its answer took. */
  step(what: string, { status, milliseconds }: Answered, said?: string): void {
    this.#step += 1;
    const number = String(this.#step).padStart(3);
    console.log(`${number}  ${what.padEnd(58)} ${String(status)} ${milliseconds.toFixed(1).padStart(8)} ms`);
    if (said !== undefined) console.log(`      „${said}“`);
  }

  /** The rows of an appointment: itself, its customer, what it occupies, what guards that, and what was told to others. */
  appointment(id: string): void {
    const row = this.#rows.appointment(id);
    if (row === undefined) {
      console.log('      appointment  none');
      return;
    }
    const { count, firstCell, lastCell } = this.#rows.claims(id);
    console.log(`      appointment  ${row.status}, version ${row.version}, ${iso(row.startMs)} to ${iso(row.endMs)}`);
    console.log(
      `      customer     ${row.customerName ?? 'without a name'}, ${row.customerPhone ?? 'without a number'}`,
    );
    for (const { resource, startMs, endMs } of this.#rows.spans(id))
      console.log(`      span         ${resource}, ${iso(startMs)} to ${iso(endMs)}`);
    console.log(`      claims       ${count}${count === 0 ? '' : `, cells ${firstCell} to ${lastCell}`}`);
    console.log(`      outbox       ${this.#rows.events(id).join(', ')}`);
  }

  /** The rows of a group session: who has its seats, and what it occupies. */
  session(id: string, seats: readonly SeatRow[]): void {
    const taken = seats.map(({ seat, appointment }) => `${seat} ${appointment.slice(-6)}`);
    console.log(`      session      seats ${taken.join(', ')}`);
    for (const { resource, startMs, endMs } of this.#rows.spans(id))
      console.log(`      span         ${resource}, ${iso(startMs)} to ${iso(endMs)}`);
    console.log(`      claims       ${this.#rows.claims(id).count}`);
  }

  /** The row of a call. */
  call(providerCallId: string): void {
    const row = this.#rows.call(providerCallId);
    if (row === undefined) {
      console.log('      call         none');
      return;
    }
    const appointment = row.appointmentId === null ? 'no appointment' : 'with its appointment';
    console.log(
      `      call         ${row.status}, ${row.company}, from ${row.from ?? 'nobody'}, ${row.offers} numbers told, ${appointment}`,
    );
  }
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(':00.000Z', 'Z');
