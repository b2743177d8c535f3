import type { Money } from '../../../plugin.ts';
import type { Language } from './language.ts';

/** `22,50 Euro`, `22.50 euros`, `15 euros`: an amount as it is read out. */
export function spokenMoney(language: Language, { amountMinor, currency }: Money): string {
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'name',
    trailingZeroDisplay: 'stripIfInteger',
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits);
}
