import type { CompanyId } from '../../model/ids.ts';
import type { Scene } from './scene.ts';
import type { Shop } from './shop.ts';

/** Names of the methods that take the company first. */
type ScopedMethod<T> = {
  [M in keyof T]: T[M] extends (...input: infer Input) => unknown
    ? Input extends readonly [CompanyId, ...unknown[]]
      ? M & string
      : never
    : never;
}[keyof T];

/** Proves of one method that it keeps companies apart. */
export type TenantProof = (scene: Scene, mine: Shop, other: Shop) => Promise<void>;
/** One proof for each method that takes a company. */
export type Proofs<T> = { readonly [M in ScopedMethod<T>]: TenantProof };
