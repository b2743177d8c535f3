import { serve } from 'askpro/adapters/http';
import { tellParent } from './serverProcess.ts';
import { openEngine } from './town.ts';

/** The product: an engine on a copy of the town, served with the limits it has by default. */
const engine = await openEngine(process.argv[2] ?? '', 'NORMAL');
const { port } = await serve(engine, { port: 0 });
tellParent(port);
