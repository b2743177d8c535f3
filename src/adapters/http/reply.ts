import type { RouteResponse } from '../../adapter.ts';

/** An answer ready to be written. */
export interface Reply {
  readonly status: number;
  /** Media type of the text. */
  readonly type?: string;
  /** Left out: no body. */
  readonly text?: string;
  /** In the stead of a text: its pieces, each read when the client has taken in the one before. */
  readonly pieces?: AsyncIterable<string>;
  /** Whether the text is known to be ASCII, so that a long one need not be looked through for what is not. */
  readonly ascii?: boolean;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the connection ends with this answer. */
  readonly close?: boolean;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers with a value as JSON. */
export const json = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Reply =>
  jsonText(status, JSON.stringify(value), headers);

/** Answers with JSON that is a text already. */
export const jsonText = (status: number, text: string, headers?: Readonly<Record<string, string>>): Reply => ({
  status,
  type: JSON_TYPE,
  text,
  ...(headers === undefined ? {} : { headers }),
});

/** Answers with JSON that is a text already and consists of ASCII. */
export const asciiJson = (status: number, text: string): Reply => ({ status, type: JSON_TYPE, text, ascii: true });

/** Answers with a file, piece by piece. */
export const download = (type: string, name: string, pieces: AsyncIterable<string>): Reply => ({
  status: 200,
  type,
  pieces,
  headers: { 'content-disposition': `attachment; filename="${name}"` },
});

/** What a plugin's route answered, ready to be written: text as it is, anything else as JSON. */
export function replyOf({ status, headers, body }: RouteResponse): Reply {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) lower[name.toLowerCase()] = value;
  const { 'content-type': type, 'content-length': _, ...rest } = lower;
  if (body === undefined) return { status, headers: rest };
  if (typeof body === 'string') return { status, type: type ?? 'text/plain; charset=utf-8', text: body, headers: rest };
  return { status, type: type ?? JSON_TYPE, text: JSON.stringify(body), headers: rest };
}
