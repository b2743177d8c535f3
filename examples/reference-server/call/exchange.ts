/** Where the host listens, and the keys that its voice provider signs with and its front desk shows. */
export interface HostAddress {
  readonly url: string;
  readonly apiKey: string;
  /** The salon's key of the HTTP API. */
  readonly apiSecret: string;
}

/** What the host answered, and how long that took. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly milliseconds: number;
}

/** A request that has not been sent yet. */
export interface Prepared {
  readonly path: string;
  readonly body: object;
}
