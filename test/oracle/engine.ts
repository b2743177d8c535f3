import { answerCase, parseCase } from '../../src/case.ts';
import type { Answering } from './disagreement.ts';

/** The engine under test, asked in the way a case file asks it: through JSON. */
export const engine: Answering = (file) => {
  const parsed = parseCase(JSON.parse(JSON.stringify(file)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return answerCase(parsed.case);
};
