import { book } from './book.ts';
import { cancel } from './cancel.ts';
import { findSlots, nextAvailable } from './findSlots.ts';
import type { AnyVoiceFunction } from './function.ts';
import { joinWaitlist } from './joinWaitlist.ts';
import { requestCallback } from './requestCallback.ts';
import { reschedule } from './reschedule.ts';

/** Everything the agent may call, by name. */
export const voiceFunctions: ReadonlyMap<string, AnyVoiceFunction> = new Map(
  [findSlots, nextAvailable, book, reschedule, cancel, requestCallback, joinWaitlist].map((fn) => [fn.name, fn]),
);
