import { createPrivateKey, X509Certificate } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import type { PeerCertificate } from 'node:tls';

/** A certificate or key in PEM. */
type Pem = string | Buffer;

/** How a connection is encrypted, and who must be at its other end. */
export interface TlsOptions {
  /** Whose certificates are trusted. Left out: those that Node trusts. */
  readonly ca?: Pem | readonly Pem[];
  /** Shows who connects, where the server asks for that; `key` goes with it. */
  readonly cert?: Pem;
  readonly key?: Pem;
  /** The name that must stand in the server's certificate. Left out: the host of the address. */
  readonly servername?: string;
  /** `false` encrypts without asking who answers, and so protects from nobody who can answer in the server's place. */
  readonly rejectUnauthorized?: boolean;
}

const isText = (value: unknown): value is Pem => typeof value === 'string' || Buffer.isBuffer(value);

/** Whether something can be done; what failed at it may tell a key, and so is told nobody. */
function can(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

const isCertificate = (value: unknown): boolean => isText(value) && can(() => new X509Certificate(value));
const isKey = (value: unknown): boolean => isText(value) && can(() => createPrivateKey(value));
const belong = (cert: Pem, key: Pem): boolean =>
  can(() => createSecureContext({ cert, key })) && new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));

type Refuse = (field: string, demand: string) => never;

/** Reads what is said about encryption, in the options or in the address; undefined: none. The options count first. */
export function tlsSettings(
  given: boolean | TlsOptions | undefined,
  address: URLSearchParams,
  refuse: Refuse,
): TlsOptions | undefined {
  const asked = ofAddress(address, refuse);
  if (given === undefined) return asked ? {} : undefined;
  if (typeof given === 'boolean') return given ? {} : undefined;
  if (typeof given !== 'object' || given === null) return refuse('tls', 'true, false or options');
  const { ca, cert, key, servername, rejectUnauthorized, ...others } = given;
  for (const name of Object.keys(others)) {
    refuse(`tls.${name}`, 'left out: what there is are ca, cert, key, servername and rejectUnauthorized');
  }
  const authorities: readonly unknown[] = Array.isArray(ca) ? ca : ca === undefined ? [] : [ca];
  if (!authorities.every(isCertificate) || (Array.isArray(ca) && ca.length === 0))
    refuse('tls.ca', 'certificates in PEM');
  if (cert !== undefined && !isCertificate(cert)) refuse('tls.cert', 'a certificate in PEM');
  if (key !== undefined && !isKey(key)) refuse('tls.key', 'a key in PEM that no passphrase protects');
  if ((cert === undefined) !== (key === undefined)) refuse('tls', 'given with both cert and key, or with neither');
  if (cert !== undefined && key !== undefined && !belong(cert, key)) refuse('tls.key', 'the key of the certificate');
  if (servername !== undefined && (typeof servername !== 'string' || servername === '')) {
    refuse('tls.servername', 'the name of a host');
  }
  if (rejectUnauthorized !== undefined && typeof rejectUnauthorized !== 'boolean') {
    refuse('tls.rejectUnauthorized', 'true or false');
  }
  return given;
}

/** Of the words that drivers and servers have for this in addresses, those that mean one thing everywhere. */
function ofAddress(address: URLSearchParams, refuse: Refuse): boolean {
  let asked: boolean | undefined;
  for (const [name, value] of address) {
    const known = name === 'sslmode' ? ['disable', 'verify-full'] : name === 'ssl' ? ['false', 'true'] : [];
    // What is no name may be the rest of a password in which a question mark stood for itself.
    if (known.length === 0) {
      const told = /^[a-z_-]{2,40}$/i.test(name) ? name : 'what stands behind its question mark';
      refuse('url', `without ${told}: what it shall do is an option`);
    }
    if (!known.includes(value)) {
      refuse('url', `without this value of ${name}: take ${known.join(' or ')}, or say more with the option tls`);
    }
    const wanted = value === known[1];
    if (asked !== undefined && asked !== wanted)
      refuse('url', 'with one word about encryption, or with the same twice');
    asked = wanted;
  }
  return asked ?? false;
}

/** The same without what was left out, because drivers tell absent from undefined. */
const present = ({ ca, cert, key, rejectUnauthorized = true }: TlsOptions) => ({
  ...(ca !== undefined && { ca }),
  ...(cert !== undefined && { cert, key }),
  rejectUnauthorized,
});

/** Options for pg. */
export const postgresTls = (tls: TlsOptions) => ({
  ...present(tls),
  ...(tls.servername !== undefined && {
    checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
      checkServerIdentity(tls.servername ?? '', certificate),
  }),
});

/**
 * Options for mysql2. It checks the certificate for the name that it is told to connect to, so it is told the name that
 * must stand there, and handed a connection to where the server is.
 */
export function mysqlTls(tls: TlsOptions, host: string, port: number) {
  const name = tls.servername ?? host;
  const stream = (): Socket => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    // For an address in numbers there is no name to ask for, and Node looks here for what must stand in the certificate.
    return Object.assign(socket, { _host: name });
  };
  const settings = present(tls);
  return { host: name, stream, ssl: { ...settings, verifyIdentity: settings.rejectUnauthorized } };
}

const codes = /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HANDSHAKE_|HOSTNAME_MISMATCH)/;
const texts = /does not support SSL|establishing an SSL|insecure transport|secure transport/i;

/** Whether the two ends could not agree on encryption, or one does not trust the other. */
export const isTlsProblem = (code: string | undefined, message: string): boolean =>
  codes.test(code ?? '') || texts.test(message);
