import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js/min';
import { addressOf } from './address.ts';

const canonical = /^\+[1-9]\d{6,14}$/;

/** Longer than any address that a provider sends, with all its parameters. */
const MAX_LENGTH = 256;

/**
 * Brings a phone number, bare or as a tel or SIP address, into E.164. A text that already has that form is taken as it is;
 * anything else is read by libphonenumber, for which `country` (ISO 3166-1 alpha-2) is the hint that national formats need.
 * Never throws.
 * @returns undefined for what is no possible number
 */
export function toE164(text: string, country?: string): string | undefined {
  if (canonical.test(text)) return text;
  if (text.length > MAX_LENGTH) return undefined;
  const { user } = addressOf(text);
  if (canonical.test(user)) return user;
  const hint: CountryCode | undefined = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(user, {
    extract: false,
    ...(hint === undefined ? {} : { defaultCountry: hint }),
  });
  return parsed?.isPossible() === true ? parsed.number : undefined;
}
