import {
  isAnonymous,
  isStorableText,
  refuse,
  toE164,
  UNSTORABLE,
  type FieldError,
  type Refused,
} from '../../plugin.ts';
import { callbackReasons, type CallbackClosing, type CallbackRequest } from './callback.ts';

/** What a request says, in the form in which it is stored. */
export interface Asked {
  readonly phone: string | null;
  readonly name: string | null;
  readonly preferred: string | null;
  readonly preferredMs: number | null;
  readonly note: string | null;
}

const lengths = { name: 200, preferred: 200, note: 1000, by: 200 } as const;

/** Collects what is wrong, by field. */
class Reader {
  readonly errors: FieldError[] = [];

  text(value: string | undefined, path: keyof typeof lengths): string | null {
    if (value === undefined) return null;
    const text = typeof value === 'string' ? value.trim() : undefined;
    if (text === undefined) this.errors.push({ path, message: 'must be a text' });
    else if (text.length > lengths[path])
      this.errors.push({ path, message: `must have at most ${lengths[path]} characters` });
    else if (!isStorableText(text)) this.errors.push({ path, message: UNSTORABLE });
    return text === undefined || text === '' ? null : text;
  }

  refused(): Refused<'INPUT_INVALID'> | undefined {
    return this.errors.length === 0 ? undefined : refuse('INPUT_INVALID', { errors: this.errors });
  }
}

/** Reads a request. `country` helps to read a number that was said without its country. */
export function readRequest(
  request: CallbackRequest,
  country: string,
): ({ readonly ok: true } & Asked) | Refused<'INPUT_INVALID'> {
  const reader = new Reader();
  const [name, preferred, note] = [
    reader.text(request.name, 'name'),
    reader.text(request.preferred, 'preferred'),
    reader.text(request.note, 'note'),
  ];
  const phone = isAnonymous(request.phone) ? null : toE164(request.phone ?? '', country);
  if (phone === undefined)
    reader.errors.push({ path: 'phone', message: 'must be a phone number, best as +49301234567' });
  if (!callbackReasons.includes(request.reason))
    reader.errors.push({ path: 'reason', message: `must be one of ${callbackReasons.join(', ')}` });
  const preferredMs = request.preferredMs ?? null;
  if (preferredMs !== null && !(Number.isSafeInteger(preferredMs) && Math.abs(preferredMs) <= 8.64e15))
    reader.errors.push({ path: 'preferredMs', message: 'must be epoch milliseconds' });
  return reader.refused() ?? { ok: true, phone: phone ?? null, name, preferred, preferredMs, note };
}

/** Reads how a request is closed. */
export function readClosing(
  closing: CallbackClosing,
): { readonly ok: true; readonly by: string | null; readonly note: string | null } | Refused<'INPUT_INVALID'> {
  const reader = new Reader();
  const [by, note] = [reader.text(closing.by, 'by'), reader.text(closing.note, 'note')];
  const { version } = closing;
  if (version !== undefined && !(Number.isSafeInteger(version) && version >= 1))
    reader.errors.push({ path: 'version', message: 'must be the version that was read' });
  return reader.refused() ?? { ok: true, by, note };
}
