import { token } from '../kernel/token.ts';
import type { CompanyId } from '../model/ids.ts';
import type { Refused } from '../refusals.ts';
import type { CompanyDoor } from './door.ts';

/** Opens doors to companies. */
export interface Companies {
  /**
   * The door, or COMPANY_UNKNOWN for an id that is unknown or switched off.
   * @param seenRevision - of an active company's configuration, read just now, as a credential carries it; it is not read again
   */
  open(id: CompanyId, seenRevision?: number): Promise<CompanyDoor | Refused<'COMPANY_UNKNOWN'>>;
}

/** The doors of the engine, for plugins. */
export const Companies = token<Companies>()('askpro/companies');
