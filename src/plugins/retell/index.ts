/**
 * `askpro/plugins/retell`: voice agents of Retell on the phone.
 *
 * @packageDocumentation
 */
export { retell } from './retell.ts';
export type { RetellAccount, RetellAnswerOptions, RetellOptions } from './options.ts';
export { retellFunctions } from './functions/definitions.ts';
export type { RetellFunctionDefinition, RetellFunctionsOptions } from './functions/definitions.ts';
export { signRetellBody } from './webhook/signature.ts';
