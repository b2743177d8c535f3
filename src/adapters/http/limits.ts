/** What the server lets a client do before it cuts him off. Each has a bound: nothing waits or grows without end. */
export interface HttpLimits {
  /** Time for a request's head to arrive; 408 after it. */
  readonly headersTimeoutMs: number;
  /** Time for a whole request to arrive; 408 after it. */
  readonly requestTimeoutMs: number;
  /** How long an idle connection is kept, longer than load balancers keep theirs. */
  readonly keepAliveTimeoutMs: number;
  /** All header lines together; 431 above it. */
  readonly maxHeaderBytes: number;
  /** How often the timeouts are looked at: they are no finer than this. */
  readonly checkingIntervalMs: number;
  /** After so many a connection is closed, so that load spreads again over replicas. */
  readonly maxRequestsPerSocket: number;
  /** Connections above it are dropped at once. */
  readonly maxConnections: number;
  /** Bodies of routes that state none; 413 above it, while the body comes in. */
  readonly maxBodyBytes: number;
  /** Time for an answer of routes that state none; 503 after it. */
  readonly deadlineMs: number;
  /** Time for a client to take in the next piece of a long answer, which counts anew with each; cut after it. */
  readonly stalledMs: number;
  /** How coarse deadlines are: one timer looks at all requests in flight. */
  readonly deadlineTickMs: number;
  /** When stopping: how long idle connections stay open, so that a request already on its way is still answered. */
  readonly stopGraceMs: number;
  /** When stopping: what is still open then is cut. */
  readonly stopLimitMs: number;
}

/** Limits of a server that meets the open internet. */
export const defaultLimits: HttpLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  keepAliveTimeoutMs: 65_000,
  maxHeaderBytes: 8_192,
  checkingIntervalMs: 2_000,
  maxRequestsPerSocket: 1_000,
  maxConnections: 4_096,
  maxBodyBytes: 65_536,
  deadlineMs: 15_000,
  stalledMs: 60_000,
  deadlineTickMs: 200,
  stopGraceMs: 500,
  stopLimitMs: 10_000,
};
