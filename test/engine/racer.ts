import { attemptOn } from './attempts.ts';
import { race } from './racing.ts';

await race(attemptOn);
