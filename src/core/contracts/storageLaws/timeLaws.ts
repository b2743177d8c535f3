import { demandEqual } from '../law.ts';
import type { StorageSentences } from './scene.ts';

/** The clock by which a storage judges. */
export const timeLaws: StorageSentences = {
  'now() tells the clock that the storage was given': async (scene) => {
    demandEqual(await scene.storage.now(), scene.clock.now(), 'now');
    scene.clock.advance(90_061_001);
    demandEqual(await scene.storage.now(), scene.clock.now(), 'now after a day and a bit');
  },
};
