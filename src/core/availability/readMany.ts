import type { ClaimOwner, CompanyId } from '../model/ids.ts';
import { EngineError } from '../errors.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { Catalog } from './catalog.ts';
import type { Snapshot } from './catalogs.ts';
import { askedOf, clustersOf, type Asked, type Cluster, type StartAmongMany } from './clusters.ts';
import { Many, type JudgePlace } from './judgeMany.ts';
import { Taken } from './taken.ts';
import { idsOf } from './wish.ts';
import { withOutside } from './withOutside.ts';

/** A company that keeps changing faster than it can be read is not worth waiting for. */
const MAX_ATTEMPTS = 8;

/** Reads what many starts need, so that they can be judged. */
export type ManyReader = (
  company: CompanyId,
  starts: readonly StartAmongMany[],
  except?: ClaimOwner,
) => Promise<Many | Refused<'COMPANY_UNKNOWN'>>;

/** Reads what many starts need under one revision of the configuration: one statement for those that lie near each other. */
export async function readMany(
  place: JudgePlace,
  company: CompanyId,
  starts: readonly StartAmongMany[],
  except?: ClaimOwner,
): Promise<Many | Refused<'COMPANY_UNKNOWN'>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const catalog = await place.catalogs.get(company);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    const asked = askedOf(catalog, starts);
    const clusters = clustersOf(asked.filter((each): each is Asked => !('ok' in each)));
    const reads: { readonly cluster: Cluster; readonly snapshot: Snapshot }[] = [];
    // Even where nothing has to be read, an outdated catalog must not refuse what has come since.
    for (const cluster of clusters.length === 0 ? [EMPTY] : clusters) {
      const snapshot = await readCluster(place, company, catalog, cluster, except);
      if (snapshot !== undefined) reads.push({ cluster, snapshot });
    }
    if (reads.length < Math.max(1, clusters.length)) continue;
    const fresh = (): Taken => {
      const taken = new Taken();
      for (const { cluster, snapshot } of reads) {
        taken.addBusy(idsOf(cluster.bookables), snapshot.busy, snapshot.busyKinds);
        taken.addUnits(cluster.units, snapshot.units);
        if (cluster.seated !== undefined) taken.addSessions(cluster.seated, snapshot.sessions);
      }
      return taken;
    };
    return new Many(place, company, { catalog, asked, fresh });
  }
  throw new EngineError('STORAGE_BUSY', 'The configuration of the company kept changing while it was read.');
}

const EMPTY: Cluster = { bookables: [], fromMs: 0, toMs: 0, units: [] };

/** Undefined when the configuration has changed since the catalog was made. */
async function readCluster(
  { catalogs, outside }: JudgePlace,
  company: CompanyId,
  catalog: Catalog,
  { bookables, fromMs, toMs, units, seated }: Cluster,
  except: ClaimOwner | undefined,
): Promise<Snapshot | undefined> {
  const read = await catalogs.read(company, (current) =>
    current === catalog
      ? {
          ok: true,
          busy: {
            resourceIds: idsOf(bookables),
            fromMs,
            toMs,
            except,
            ...(units.length === 0 ? {} : { units }),
            ...(seated === undefined ? {} : { sessions: { serviceId: seated } }),
          },
        }
      : { ok: true, busy: { resourceIds: [], fromMs: 0, toMs: 0 } },
  );
  if (read?.ok !== true || read.snapshot.catalog !== catalog) return undefined;
  if (outside.sources.length === 0 || bookables.length === 0) return read.snapshot;
  return withOutside(outside, company, read.snapshot, bookables, { fromMs, toMs });
}
