import { randomBytes } from 'node:crypto';

const sane = /^[A-Za-z0-9][A-Za-z0-9._:~+/=-]{0,127}$/;

/** Makes request ids: random once per server, counted up per request, so that they cost nothing and never repeat. */
export function requestIds(): (incoming: string | string[] | undefined) => string {
  const prefix = randomBytes(9).toString('base64url');
  let count = 0;
  /** Takes the id that a proxy gave, when it can be written into a log line without harm. */
  return (incoming) =>
    typeof incoming === 'string' && sane.test(incoming) ? incoming : `${prefix}-${(++count).toString(36)}`;
}
