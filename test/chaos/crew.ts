import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Deed } from './deed.ts';
import type { Place } from './place.ts';
import type { FromWorker, Order, ToWorker } from './worker.ts';

const program = fileURLToPath(new URL('./worker.ts', import.meta.url));

const processGone = (): Answer => ({
  kind: 'fault',
  code: 'PROCESS_GONE',
  invokedMs: Date.now(),
  answeredMs: Date.now(),
});

/** One process, from the moment it is up. */
export class Member {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #gone: Promise<void>;
  #loaded: (() => void) | undefined;
  #isGone = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message) => this.#hear(message as FromWorker));
    this.#gone = new Promise((resolve) => child.once('exit', () => resolve()));
    // An order that was given to a process that died is answered by nobody.
    void this.#gone.then(() => {
      this.#isGone = true;
      for (const answer of this.#waiting.values()) {
        answer(processGone());
      }
      this.#waiting.clear();
    });
  }

  /** Starts a process. */
  static async start(connections: number): Promise<Member> {
    const child = fork(program, [String(connections)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`a process of the application ended with ${code} at its start`)));
    });
    return new Member(child);
  }

  /** Gives an order; where the process dies before it answers, that is the fault PROCESS_GONE. */
  do(order: Order): Promise<Answer> {
    if (this.#isGone) return Promise.resolve(processGone());
    const answer = this.#expect(order);
    this.#tell({ tell: 'do', order });
    return answer;
  }

  /** Gives it orders that wait for {@link go}. */
  async load(orders: readonly Order[]): Promise<readonly Promise<Answer>[]> {
    const answers = orders.map((order) => this.#expect(order));
    const loaded = new Promise<void>((resolve) => (this.#loaded = resolve));
    this.#tell({ tell: 'load', orders });
    await loaded;
    return answers;
  }

  /** All that is loaded begins at once. */
  go(): void {
    this.#tell({ tell: 'go' });
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #tell(message: ToWorker): void {
    // A process that was killed a moment ago hears nothing; its end answers for it.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #expect({ id }: Order): Promise<Answer> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  #hear(message: FromWorker): void {
    if (message.tell === 'loaded') this.#loaded?.();
    if (message.tell !== 'answer') return;
    this.#waiting.get(message.id)?.(message.answer);
    this.#waiting.delete(message.id);
  }
}

/** Where a company is: of a cluster each process goes to another place in turn. */
export interface Site {
  readonly places: readonly [Place, ...Place[]];
  readonly company: string;
}

/** Several processes of one application. */
export class Crew {
  readonly members: Member[];
  readonly #connections: number;
  /** The next process of those that are killed; it comes up while they still work. */
  #spare: Promise<Member> | undefined;
  #orders = 0;

  private constructor(members: Member[], connections: number) {
    this.members = members;
    this.#connections = connections;
  }

  /** Starts so many processes; each opens so many connections at most to each database. */
  static async start(count: number, connections = 10): Promise<Crew> {
    return new Crew(await Promise.all(Array.from({ length: count }, () => Member.start(connections))), connections);
  }

  /** Lets one process do something. */
  async do(member: number, site: Site, deed: Deed): Promise<Answer> {
    const known = this.members[member];
    if (known === undefined) throw new TypeError(`there is no process ${member}`);
    return known.do(this.#order(member, site, deed));
  }

  /** Shares the deeds among the processes, which all begin at the same moment; answers come in the order of the deeds. */
  async begin(site: Site, deeds: readonly Deed[]): Promise<readonly Promise<Answer>[]> {
    const count = this.members.length;
    const orders = deeds.map((deed, index) => this.#order(index % count, site, deed));
    const shares = await Promise.all(
      this.members.map((member, index) => member.load(orders.filter((_, order) => order % count === index))),
    );
    for (const member of this.members) member.go();
    return orders.flatMap((_, order) => shares[order % count]?.[Math.floor(order / count)] ?? []);
  }

  /** The same, until all of them are answered. */
  async race(site: Site, deeds: readonly Deed[]): Promise<readonly Answer[]> {
    return Promise.all(await this.begin(site, deeds));
  }

  /** Kills one process as soon as another one is ready to stand in its place. */
  async replace(member: number): Promise<void> {
    const next = await (this.#spare ?? Member.start(this.#connections));
    this.#spare = Member.start(this.#connections);
    const killed = this.members[member];
    this.members[member] = next;
    await killed?.kill();
  }

  async stop(): Promise<void> {
    const spare = await this.#spare;
    await Promise.all([...this.members, ...(spare === undefined ? [] : [spare])].map((member) => member.kill()));
  }

  #order(member: number, { places, company }: Site, deed: Deed): Order {
    return { id: ++this.#orders, place: places[member % places.length] ?? places[0], company, deed };
  }
}
