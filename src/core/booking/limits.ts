import { isId, NO_ID } from '../model/ids.ts';
import { isStorableText, UNSTORABLE } from '../model/storableText.ts';
import { refuse, type FieldError, type Refused } from '../refusals.ts';

/** Collects what is wrong with the fields of a request. */
export class FieldErrors {
  readonly #errors: FieldError[] = [];

  /** Notes a wrong field unless the condition holds. */
  require(condition: boolean, path: string, message: string): this {
    if (!condition) this.#errors.push({ path, message });
    return this;
  }

  /** A text of a certain length; undefined is fine. */
  text(value: string | undefined, path: string, most: number, least = 0): this {
    if (value === undefined) return this;
    const right = typeof value === 'string' && value.length >= least && value.length <= most;
    if (!right) return this.require(false, path, `must be a text of ${least} to ${most} characters`);
    return this.require(isStorableText(value), path, UNSTORABLE);
  }

  /** An id; undefined is fine. */
  id(value: string | undefined, path: string): this {
    return this.require(value === undefined || isId(value), path, NO_ID);
  }

  /** The refusal, or undefined when everything is right. */
  refusal(): Refused<'INPUT_INVALID'> | undefined {
    return this.#errors.length === 0 ? undefined : refuse('INPUT_INVALID', { errors: this.#errors });
  }
}

/** What every write accepts, judged. */
export const writeErrors = (options: { readonly idempotencyKey?: string | undefined }): FieldErrors =>
  new FieldErrors().text(options.idempotencyKey, 'idempotencyKey', 255, 1);
