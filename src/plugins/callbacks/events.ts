import { eventType } from '../../plugin.ts';
import type { Callback } from './callback.ts';

/** Somebody wants to be called back. */
export const CallbackRequested = eventType<{ readonly callback: Callback }>()('callback.requested');
/** Something else was told of a request, or it was closed. */
export const CallbackChanged = eventType<{ readonly callback: Callback }>()('callback.changed');
