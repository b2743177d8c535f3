import { token } from '../kernel/token.ts';

/** Makes ids: a canonical UUIDv7 that sorts after the one before. */
export type NewId = () => string;

/** The source of ids of an engine. */
export const NewId = token<NewId>()('askpro/new-id');
