import { configureGlobal } from 'fast-check';

/** A change is judged by the same cases wherever it is tested; another number in ASKPRO_SEED tries others. */
configureGlobal({ seed: Number(process.env['ASKPRO_SEED'] ?? 20_261_123) });
