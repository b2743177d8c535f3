import type { CompanyId } from '../../model/ids.ts';
import type { Scene } from './scene.ts';
import type { Shop } from './shop.ts';

/** Whether a member of a contract is a method that takes the company first. */
type IsScoped<Member> = Member extends (...input: infer Input) => unknown
  ? Input extends readonly [CompanyId, ...unknown[]]
    ? true
    : false
  : false;

/** Proves of one method that it keeps companies apart. */
export type TenantProof = (scene: Scene, mine: Shop, other: Shop) => Promise<void>;

/**
 * One proof for each member of a contract, but for those that are named beside it. A new method does not compile without
 * its proof, and a method that does not take the company first cannot have one: it belongs to one of the two contracts
 * over all companies.
 */
export type Proofs<T, Beside extends keyof T = never> = {
  readonly [M in Exclude<keyof T, Beside> & string]-?: IsScoped<NonNullable<T[M]>> extends true ? TenantProof : never;
};

/** The methods of a contract over all companies, by name. One that takes a company first does not compile here. */
export type Unscoped<T> = {
  readonly [M in keyof T & string]-?: IsScoped<NonNullable<T[M]>> extends true ? never : true;
};

/** What a storage has beside its methods for companies: its life, its clock and its sides. */
export type Beside = 'start' | 'stop' | 'now' | 'documents' | 'directory' | 'maintenance';
