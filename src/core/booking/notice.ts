import type { Catalogs } from '../availability/catalogs.ts';
import type { CompanyId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';
import { formatUtc } from '../time/instant.ts';

/** What a customer may do only so long before an appointment begins. */
type NoticeCode = 'CANCEL_TOO_LATE' | 'RESCHEDULE_TOO_LATE';

/** Refuses what a customer wants too shortly before the start; a company binds its customers, not itself. */
export async function tooLate(
  catalogs: Catalogs,
  company: CompanyId,
  startMs: number,
  nowMs: number,
  by: 'customer' | 'company' | undefined,
  code: NoticeCode,
): Promise<Refused<NoticeCode | 'COMPANY_UNKNOWN'> | undefined> {
  if (by === 'company') return undefined;
  const catalog = await catalogs.current(company);
  if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
  const { cancelNoticeMinutes, rescheduleNoticeMinutes } = catalog.config.company.policies;
  const minutes = code === 'CANCEL_TOO_LATE' ? cancelNoticeMinutes : rescheduleNoticeMinutes;
  const latestMs = startMs - minutes * 60_000;
  return nowMs > latestMs ? refuse(code, { latest: formatUtc(latestMs) }) : undefined;
}
