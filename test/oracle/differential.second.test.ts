import { compareOn } from './differential.ts';

compareOn(2, 2);
