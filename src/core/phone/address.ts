/** A tel or SIP address (RFC 3966, RFC 3261), or a bare number, taken apart. */
export interface Address {
  /** The number or name, without the parameters behind it; a `phone-context` stays, because it decides the country. */
  readonly user: string;
  /** In lower case; empty where there is none. */
  readonly host: string;
}

/** Takes an address apart. A name shown with it, `"Anna" <sip:…>`, is not part of it. Never throws. */
export function addressOf(text: string): Address {
  const open = text.indexOf('<');
  const close = text.indexOf('>', open);
  const bare = (open >= 0 && close > open ? text.slice(open + 1, close) : text).trim().replace(/^(?:tel|sips?):/i, '');
  const [user = '', host = ''] = bare.split('@', 2);
  const [number = ''] = user.split(';', 1);
  return {
    user: (/;phone-context=/i.test(user) ? user : number).trim(),
    host: (host.split(/[:;?]/, 1)[0] ?? '').toLowerCase(),
  };
}
