import type { Law } from './law.ts';
import { outboxLaws } from './storageLaws/outboxLaws.ts';
import { scarceSweepLaws } from './storageLaws/scarceSweepLaws.ts';
import { storageLawsOf, type StorageSubject } from './storageLaws/scene.ts';
import { staleCallLaws } from './storageLaws/staleCallLaws.ts';
import { sweepLaws } from './storageLaws/sweepLaws.ts';

/** The laws of {@link Maintenance}, the side of a storage that works over all companies. */
export const maintenanceLaws = (subject: StorageSubject): readonly Law[] =>
  storageLawsOf({ ...outboxLaws, ...sweepLaws, ...scarceSweepLaws, ...staleCallLaws }, subject);
