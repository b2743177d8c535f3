import { expectTypeOf, test } from 'vitest';
import type { CompanyId, HoldId } from '../../model/ids.ts';
import type { Proofs, TenantProof, Unscoped } from './tenantProof.ts';

interface Contract {
  scoped(company: CompanyId, id: HoldId): Promise<void>;
  unscoped(id: HoldId): Promise<void>;
  texts(company: string): Promise<void>;
  generic?<K extends string>(company: CompanyId, kind: K): Promise<K>;
  stop(): Promise<void>;
}

test('each method that takes the company first needs a proof, and no other method can have one', () => {
  expectTypeOf<Proofs<Contract, 'stop'>>().toEqualTypeOf<{
    readonly scoped: TenantProof;
    readonly unscoped: never;
    readonly texts: never;
    readonly generic: TenantProof;
  }>();
  // @ts-expect-error a proof is missing
  ({}) satisfies Proofs<Pick<Contract, 'scoped'>>;
  // @ts-expect-error no proof fits a method without a company
  ({ unscoped: () => Promise.resolve() }) satisfies Proofs<Pick<Contract, 'unscoped'>>;
});

test('a contract over all companies has no method that takes one first', () => {
  expectTypeOf<Unscoped<Pick<Contract, 'unscoped' | 'scoped'>>>().toEqualTypeOf<{
    readonly unscoped: true;
    readonly scoped: never;
  }>();
});
