import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js/min';

const canonical = /^\+[1-9]\d{6,14}$/;

/**
 * Brings a phone number into E.164. A text that already has that form is taken as it is; anything else is read by
 * libphonenumber, for which `country` (ISO 3166-1 alpha-2) is the hint that national formats need.
 * @returns undefined for what is no possible number
 */
export function toE164(text: string, country?: string): string | undefined {
  if (canonical.test(text)) return text;
  if (text.length > 64) return undefined;
  const bare = text.replace(/^\s*(?:tel|sips?):/i, '').replace(/@.*$/s, '');
  const hint: CountryCode | undefined = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(bare, {
    extract: false,
    ...(hint === undefined ? {} : { defaultCountry: hint }),
  });
  return parsed?.isPossible() === true ? parsed.number : undefined;
}
