/** The kinds of servers: the schemes of their addresses, and the port that need not be named. */
const kinds = {
  mysql: { schemes: ['mysql', 'mariadb'], port: 3306 },
  mariadb: { schemes: ['mysql', 'mariadb'], port: 3306 },
  postgres: { schemes: ['postgres', 'postgresql'], port: 5432 },
} as const;

/** A kind of server. */
export type ServerKind = keyof typeof kinds;

/** Where a server is. */
export interface ServerAddress {
  /** Without what stands behind a question mark. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** What stands behind the question mark. */
  readonly asked: URLSearchParams;
  /** For messages: without user and password. */
  readonly name: string;
}

function isEscaped(text: string): boolean {
  try {
    return !decodeURIComponent(text).includes('\0');
  } catch {
    return false;
  }
}

/** Reads an address. @param field - in which it was given */
export function serverAddress(
  kind: ServerKind,
  field: string,
  url: string,
  refuse: (field: string, demand: string) => never,
): ServerAddress {
  const { schemes, port: usual } = kinds[kind];
  const parsed =
    typeof url === 'string' && URL.canParse(url)
      ? new URL(url)
      : refuse(field, `an address such as ${kind}://user@host/database`);
  if (!schemes.some((scheme) => parsed.protocol === `${scheme}:`)) {
    refuse(field, `an address that begins with ${schemes.map((scheme) => `${scheme}:`).join(' or ')}`);
  }
  if (parsed.hostname === '') refuse(field, 'an address with a host');
  // A driver would go to this machine instead, or look for one host by all the names.
  if (/[%,]/.test(parsed.hostname))
    refuse(field, 'an address with one host and its port: neither a socket nor several');
  if (parsed.port === '0') refuse(field, 'an address with a port from 1, or with none');
  if (parsed.hash !== '') refuse(field, 'an address without #, which is written as %23 in a password');
  if (![parsed.username, parsed.password].every(isEscaped)) {
    refuse(field, 'an address with % written as %25 in its user and its password');
  }
  if (parsed.pathname.length < 2) refuse(field, 'an address that ends with the name of a database');
  // A slash or an at sign that stands for itself in a password ends up here, and would be told in every message.
  if (/[/@]/.test(parsed.pathname.slice(1))) {
    refuse(field, 'an address with / and @ written as %2F and %40 in its user and its password');
  }
  if (parsed.pathname.includes('%')) {
    refuse(field, 'an address with a name of a database that needs no % in an address');
  }
  const asked = new URLSearchParams(parsed.search);
  parsed.search = '';
  const port = parsed.port === '' ? usual : Number(parsed.port);
  // An address of IPv6 stands in brackets, which are not part of it.
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const name = `${kind}(${parsed.hostname}:${port}${parsed.pathname})`;
  return { url: parsed.href, host, port, asked, name };
}
