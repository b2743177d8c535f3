const form = /^Bearer +([\w.~+/=-]{16,256})$/i;

/** The secret of an `Authorization: Bearer` header (RFC 6750); undefined for anything else. */
export const bearerSecret = (authorization: string | undefined): string | undefined =>
  authorization === undefined ? undefined : form.exec(authorization)?.[1];
