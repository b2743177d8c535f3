import { compareOn } from './differential.ts';

compareOn(1, 2);
