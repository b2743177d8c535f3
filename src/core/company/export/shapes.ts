import type { Appointment } from '../../model/appointment.ts';
import type { Call } from '../../model/call.ts';
import type { CompanyConfig } from '../../model/company.ts';
import { localFormat, utcFormat, type InstantFormat } from '../../time/instant.ts';
import { zoneNamed } from '../../time/zone.ts';

/** What the configuration says of an appointment beside its ids. */
interface Named {
  /** Key of the branch; null: it was deleted. */
  readonly branch: string | null;
  readonly service: string | null;
  readonly resources: readonly (string | null)[];
}

/** An appointment as it is exported: all that is stored, keys beside ids, and times that people read. */
export type ExportedAppointment = Appointment &
  Named & {
    readonly start: string;
    readonly end: string;
    readonly timeZone: string;
    readonly created: string;
    readonly updated: string;
  };

/** A call as it is exported. */
export type ExportedCall = Call & {
  readonly branch: string | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly updated: string;
};

/** Writes rows of one company in the form in which they are exported. */
export interface Shapes {
  readonly appointment: (row: Appointment) => ExportedAppointment;
  readonly call: (row: Call) => ExportedCall;
}

/** The forms under a configuration, what is switched off included. */
export function shapesUnder({ company, branches, services, resources }: CompanyConfig): Shapes {
  const utc = utcFormat();
  const formats = new Map<string, InstantFormat>();
  const formatIn = (timeZone: string): InstantFormat => {
    let format = formats.get(timeZone);
    if (format === undefined) {
      const lookup = zoneNamed(timeZone);
      formats.set(timeZone, (format = lookup.ok ? localFormat(lookup.zone) : utc));
    }
    return format;
  };
  const branchOf = new Map(branches.map((branch) => [branch.id, branch]));
  const serviceKeys = new Map(services.map(({ id, key }) => [id, key]));
  const resourceKeys = new Map(resources.map(({ id, key }) => [id, key]));
  return {
    appointment(row) {
      const branch = branchOf.get(row.branchId);
      const timeZone = branch?.timeZone ?? company.timeZone;
      const format = formatIn(timeZone);
      return {
        ...row,
        start: format(row.startMs),
        end: format(row.endMs),
        timeZone,
        branch: branch?.key ?? null,
        service: serviceKeys.get(row.serviceId) ?? null,
        resources: row.resourceIds.map((id) => resourceKeys.get(id) ?? null),
        created: utc(row.createdMs),
        updated: utc(row.updatedMs),
      };
    },
    call(row) {
      const branch = row.branchId === null ? undefined : branchOf.get(row.branchId);
      const format = formatIn(branch?.timeZone ?? company.timeZone);
      return {
        ...row,
        branch: branch?.key ?? null,
        started: row.startedMs === null ? null : format(row.startedMs),
        ended: row.endedMs === null ? null : format(row.endedMs),
        updated: utc(row.updatedMs),
      };
    },
  };
}
