import type { Json } from '../../contracts/documents.ts';
import { contributionPoint } from '../../kernel/contribution.ts';
import type { CallId, CompanyId, CustomerId } from '../../model/ids.ts';

/** By what a person is known within one company. */
export interface Person {
  readonly id: CustomerId;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
  /** Calls of his. */
  readonly calls: readonly CallId[];
}

/** What a plugin has stored of a person. */
export interface StoredOfPerson {
  readonly items: readonly Json[];
  /** Of events that tell of him, as they were published. */
  readonly aggregates: readonly string[];
}

/** What a plugin keeps of people, for whoever wants to know it or have it gone. Each part may be asked for again. */
export interface PersonalData {
  /** Under which name it is told. */
  readonly name: string;
  read(company: CompanyId, person: Person): Promise<StoredOfPerson>;
  /** Ends what waits for him, before anything is deleted; may publish events. */
  withdraw?(company: CompanyId, person: Person): Promise<void>;
  /** Deletes all that is stored of him; how many there were. */
  erase(company: CompanyId, person: Person): Promise<number>;
}

/** Stores of personal data that plugins contribute. */
export const PersonalData = contributionPoint<PersonalData>()('askpro/personal-data');
