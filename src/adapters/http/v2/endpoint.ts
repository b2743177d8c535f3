import type { z } from 'zod';
import type { CompanyDoor, RefusalCode, Refused } from '../../../adapter.ts';
import type { HttpEngine } from '../httpEngine.ts';
import type { Reply } from '../reply.ts';

/** A validated request of one company. */
export interface Asked<P, Q, B> {
  readonly engine: HttpEngine;
  /** The company of the key: nothing in a request can lead to another one. */
  readonly door: CompanyDoor;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** From the `Idempotency-Key` header. */
  readonly idempotencyKey: string | undefined;
  /** From the `If-Match` header. */
  readonly ifMatch: number | undefined;
  /** From the `If-None-Match` header, as it came. */
  readonly ifNoneMatch: string | undefined;
}

/** What an answer of one status says, for readers of the OpenAPI document. */
export interface AnswerForm {
  readonly description: string;
  /** Left out: no body, unless there are `files`. */
  readonly schema?: z.ZodType;
  /** Media types of an answer that is a file. */
  readonly files?: readonly string[];
}

/** One operation below `/api/v2`: validated, documented and answered from the same schemas. */
export interface Endpoint<P = unknown, Q = unknown, B = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without `/api/v2`. */
  readonly path: string;
  /** `operationId` of the OpenAPI document. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly body?: z.ZodObject | undefined;
  readonly answers: Readonly<Record<number, AnswerForm>>;
  /** Beside INPUT_INVALID, which every operation may answer. */
  readonly refusals: readonly RefusalCode[];
  /** Whether it accepts `Idempotency-Key`. */
  readonly keyed?: boolean;
  /** Whether it accepts `If-Match`. */
  readonly versioned?: boolean;
  readonly maxBodyBytes?: number;
  run(asked: Asked<P, Q, B>): Promise<Reply | Refused>;
}

type Shape = z.ZodObject | undefined;
type Output<S extends Shape> = S extends z.ZodObject ? z.output<S> : undefined;

/** Describes an operation; the types of its parameters, query and body follow from the schemas. */
export function endpoint<P extends Shape = undefined, Q extends Shape = undefined, B extends Shape = undefined>(
  form: Omit<Endpoint<Output<P>, Output<Q>, Output<B>>, 'params' | 'query' | 'body'> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
  },
): Endpoint {
  // `ask` hands over exactly what the schemas made of the request, which the erased type cannot say.
  return form as unknown as Endpoint;
}
