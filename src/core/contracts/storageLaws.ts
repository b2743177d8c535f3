import { directoryLaws } from './directoryLaws.ts';
import type { Law } from './law.ts';
import { maintenanceLaws } from './maintenanceLaws.ts';
import { agendaLaws } from './storageLaws/agendaLaws.ts';
import { busyLaws } from './storageLaws/busyLaws.ts';
import { callLaws } from './storageLaws/callLaws.ts';
import { capacityLaws } from './storageLaws/capacityLaws.ts';
import { claimLaws } from './storageLaws/claimLaws.ts';
import { configurationLaws } from './storageLaws/configurationLaws.ts';
import { documentLaws } from './storageLaws/documentLaws.ts';
import { forgetLaws } from './storageLaws/forgetLaws.ts';
import { holdLaws } from './storageLaws/holdLaws.ts';
import { idempotencyLaws } from './storageLaws/idempotencyLaws.ts';
import { listLaws } from './storageLaws/listLaws.ts';
import { manyLaws } from './storageLaws/manyLaws.ts';
import { methodLaws } from './storageLaws/methodLaws.ts';
import { ownedLaws } from './storageLaws/ownedLaws.ts';
import { raceLaws } from './storageLaws/raceLaws.ts';
import { removalLaws } from './storageLaws/removalLaws.ts';
import { retireLaws } from './storageLaws/retireLaws.ts';
import { rollbackLaws } from './storageLaws/rollbackLaws.ts';
import { storageLawsOf, type StorageSentences, type StorageSubject } from './storageLaws/scene.ts';
import { searchLaws } from './storageLaws/searchLaws.ts';
import { sortLaws } from './storageLaws/sortLaws.ts';
import { tenantLaws } from './storageLaws/tenantLaws.ts';
import { seatLaws } from './storageLaws/seatLaws.ts';
import { sessionLaws } from './storageLaws/sessionLaws.ts';
import { sessionLimitLaws } from './storageLaws/sessionLimitLaws.ts';
import { timeLaws } from './storageLaws/timeLaws.ts';
import { unitLaws } from './storageLaws/unitLaws.ts';
import { untilBookedLaws } from './storageLaws/untilBookedLaws.ts';
import { walkLaws } from './storageLaws/walkLaws.ts';
import { writeLaws } from './storageLaws/writeLaws.ts';

const sentences: readonly StorageSentences[] = [
  timeLaws,
  configurationLaws,
  removalLaws,
  busyLaws,
  claimLaws,
  capacityLaws,
  unitLaws,
  untilBookedLaws,
  seatLaws,
  sessionLaws,
  sessionLimitLaws,
  holdLaws,
  ownedLaws,
  writeLaws,
  manyLaws,
  rollbackLaws,
  idempotencyLaws,
  raceLaws,
  listLaws,
  sortLaws,
  agendaLaws,
  searchLaws,
  walkLaws,
  forgetLaws,
  retireLaws,
  callLaws,
  documentLaws,
  tenantLaws,
  methodLaws,
];

/**
 * The laws of {@link Storage}, with those of its directory and its maintenance. They hold for any database and in any test
 * runner; each law makes a storage of its own, so they may run in any order.
 *
 * @example
 * for (const law of storageLaws({ create: (clock) => myStorage({ clock }) })) test(law.name, law.run);
 */
export const storageLaws = (subject: StorageSubject): readonly Law[] => [
  ...sentences.flatMap((each) => storageLawsOf(each, subject)),
  ...directoryLaws(subject),
  ...maintenanceLaws(subject),
];
