import { z } from 'zod';

/** Language models send empty texts and nulls for what they leave out. */
const blankIsAbsent = (value: unknown): unknown =>
  value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value;

const digits = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : blankIsAbsent(value);

const yesOrNo = (value: unknown): unknown => {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
  return text === 'true' || text === 'false' ? text === 'true' : blankIsAbsent(value);
};

/** A text that may be left out. */
export const optionalText = (maxLength: number, description: string) =>
  z.preprocess(blankIsAbsent, z.string().trim().max(maxLength).optional().describe(description));

/** Several texts, also written as one with commas, that may be left out. */
export const optionalTexts = (most: number, maxLength: number, description: string) =>
  z.preprocess(
    (value) => {
      const list: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
      const texts = list.filter((each) => typeof each !== 'string' || each.trim() !== '');
      return texts.length > 0 ? texts : Array.isArray(value) ? undefined : blankIsAbsent(value);
    },
    z.array(z.string().trim().max(maxLength)).max(most).optional().describe(description),
  );

/** A whole number, also written as digits, that may be left out. */
export const optionalInteger = (min: number, max: number, description: string) =>
  z.preprocess(digits, z.number().int().min(min).max(max).optional().describe(description));

/** A whole number, also written as digits. */
export const integer = (min: number, max: number, description: string) =>
  z.preprocess(digits, z.number().int().min(min).max(max).describe(description));

/** Yes or no, that may be left out. */
export const optionalFlag = (description: string) =>
  z.preprocess(yesOrNo, z.boolean().optional().describe(description));

/** One of some words, that may be left out. */
export const optionalWord = <const W extends readonly [string, ...string[]]>(words: W, description: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? blankIsAbsent(value.trim().toLowerCase()) : blankIsAbsent(value)),
    z.enum(words).optional().describe(description),
  );
