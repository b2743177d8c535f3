/**
 * `askpro/plugins/callbacks`: callers who want to be called back.
 *
 * @packageDocumentation
 */
export { CallbackChanged, CallbackRequested, callbacks, Callbacks } from './callbacks.ts';
export { callbackReasons, callbackStatuses } from './callback.ts';
export type { Callback, CallbackClosing, CallbackReason, CallbackRequest, CallbackStatus } from './callback.ts';
export type { CallbackPage, CallbackQuery } from './store.ts';
