/** One line of a benchmark's output. Times are those of one operation. */
export interface Row {
  readonly suite: string;
  readonly name: string;
  readonly opsPerSec: number;
  readonly p50Ns: number;
  readonly p99Ns: number;
  /** What it was compared with in the same run, with its version. */
  readonly vs?: string;
  /** Time of ours divided by time of theirs. */
  readonly ratio?: number;
  /** Requests a second of theirs divided by those of ours, for servers whose ratio is that of processor time. */
  readonly throughputRatio?: number;
  /** The other side's middle duration. */
  readonly vsP50Ns?: number;
  readonly dialect?: string;
  /** Operations that are under way at the same time. */
  readonly inFlight?: number;
  /** Bytes that one operation allocates on the heap. */
  readonly bytesPerOp?: number;
  /** Slots that one question finds, on average. */
  readonly slots?: number;
  /** Time of one question for each busy interval in its calendars. */
  readonly nsPerBusy?: number;
  /** Rows that one long run went through, and how long it took. */
  readonly rows?: number;
  readonly seconds?: number;
  readonly bytes?: number;
  /** Of a file that holds a town. */
  readonly bytesPerAppointment?: number;
  /** The most memory that the process had meanwhile. */
  readonly peakRssBytes?: number;
  /** How much more was on the heap at its end than when it had settled. */
  readonly heapGrowthBytes?: number;
}

const digits = (value: number): string => Math.round(value).toLocaleString('en-US');
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const micros = (ns: number): string => `${(ns / 1000).toFixed(ns < 100_000 ? 2 : 0)} µs`;

/** A row as a person reads it. */
export function tellRow({ suite, name, opsPerSec, p50Ns, p99Ns, vs, ratio, vsP50Ns, ...rest }: Row): string {
  const varies = [
    ...(rest.throughputRatio === undefined ? [] : [`${rest.throughputRatio.toFixed(2)} by throughput`]),
    ...(rest.dialect === undefined ? [] : [rest.dialect]),
    ...(rest.inFlight === undefined ? [] : [`${rest.inFlight} in flight`]),
    ...(rest.slots === undefined ? [] : [`${digits(rest.slots)} slots`]),
    ...(rest.nsPerBusy === undefined ? [] : [`${rest.nsPerBusy.toFixed(1)} ns a busy interval`]),
    ...(rest.bytesPerOp === undefined ? [] : [`${digits(rest.bytesPerOp)} bytes/op`]),
    ...(rest.rows === undefined ? [] : [`${digits(rest.rows)} rows in ${(rest.seconds ?? 0).toFixed(1)} s`]),
    ...(rest.bytes === undefined ? [] : [megabytes(rest.bytes)]),
    ...(rest.bytesPerAppointment === undefined ? [] : [`${digits(rest.bytesPerAppointment)} bytes an appointment`]),
    ...(rest.peakRssBytes === undefined ? [] : [`peak RSS ${megabytes(rest.peakRssBytes)}`]),
    ...(rest.heapGrowthBytes === undefined ? [] : [`heap ${megabytes(rest.heapGrowthBytes)} more`]),
  ];
  const compared =
    ratio === undefined
      ? ''
      : `  ${ratio.toFixed(ratio < 0.1 ? 5 : 2)} × ${vs ?? ''}${vsP50Ns === undefined ? '' : `, p50 ${micros(vsP50Ns)}`}`;
  const times = `${digits(opsPerSec).padStart(10)} op/s  p50 ${micros(p50Ns).padStart(10)}  p99 ${micros(p99Ns).padStart(10)}`;
  return `${suite}/${name}`.padEnd(24) + times + compared + (varies.length === 0 ? '' : `  (${varies.join(', ')})`);
}
