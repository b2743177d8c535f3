import type { Suite } from '../measure/suite.ts';
import { book, bookMany } from './book.ts';
import { findWeek } from './findWeek.ts';
import { healthLive, httpFind } from './http.ts';
import { phoneResolve } from './phoneResolve.ts';
import { EngineScene } from './scene.ts';

/** The engine on SQLite, as a host calls it. */
export function engineSuite(): Suite {
  const scene = new EngineScene();
  return {
    benchmarks: [
      phoneResolve(scene),
      findWeek(scene),
      book(scene, 'FULL'),
      book(scene, 'NORMAL'),
      bookMany(scene, 'FULL', 20),
      httpFind(scene),
      healthLive(scene),
    ],
    close: () => scene.close(),
  };
}
