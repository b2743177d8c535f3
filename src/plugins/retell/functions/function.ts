import type { z } from 'zod';
import type { Spoken, Turn } from './turn.ts';

/** What the agent may call during a conversation. */
export interface VoiceFunction<S extends z.ZodType = z.ZodType> {
  /** As the agent calls it, and the last part of its address. */
  readonly name: string;
  /** For the language model: what it does and when to call it. */
  readonly description: string;
  readonly args: S;
  /** Whether it writes: then the same call again within one phone call is a repetition, not a second wish. */
  readonly writes: boolean;
  /** Arguments that hold one of a few fixed words, and so nothing of the caller. */
  readonly words?: readonly string[];
  /** Another plugin without which it is not offered. */
  readonly needs?: 'callbacks' | 'waitlist';
  run(turn: Turn, args: z.output<S>, key: WriteKey): Promise<Spoken>;
}

/** Makes the idempotency key of a write: by the phone call, the function, its arguments, and what else decides. */
export type WriteKey = (...more: readonly (string | number)[]) => string;

/** A function whose arguments have been forgotten by the type system; they are checked against its schema before it runs. */
export type AnyVoiceFunction = Omit<VoiceFunction, 'run'> & {
  run(turn: Turn, args: unknown, key: WriteKey): Promise<Spoken>;
};

/** Describes a function. */
export const voiceFunction = <S extends z.ZodType>(definition: VoiceFunction<S>): AnyVoiceFunction => ({
  ...definition,
  run: (turn, args, key) => definition.run(turn, args as z.output<S>, key),
});
