import { expect, test } from 'vitest';
import type { FindingCode } from '../../../src/adapters/sequelize/index.ts';
import { found } from './found.ts';
import type { Planted } from './plantTests.ts';

/** Something that is done to an index, what is said of it, and how it is taken back. */
interface Damage {
  readonly name: string;
  readonly tells: readonly (readonly [code: FindingCode, subject: string, message: string])[];
  readonly does: readonly string[];
  readonly undoes: readonly string[];
}

const claimsKey = 'company_id, subject, cell, ordinal';
const claimsAre = ['KEY_MISSING', 'primary key of claims'] as const;

/** What is done the same way everywhere. */
const usual = (drop: (table: string, index: string) => string, where: string): readonly Damage[] => [
  {
    name: 'an index that is gone',
    tells: [['INDEX_MISSING', 'outbox_by_due of outbox', 'is not there: over sent_ms, due_ms']],
    does: [drop('outbox', 'outbox_by_due')],
    undoes: ['CREATE INDEX outbox_by_due ON outbox (sent_ms, due_ms)'],
  },
  {
    name: 'an index that ends too early',
    tells: [
      [
        'INDEX_MISSING',
        'customers_by_name of customers',
        'is over company_id, name_key and must be over company_id, name_key, id',
      ],
    ],
    does: [
      drop('customers', 'customers_by_name'),
      'CREATE INDEX customers_by_name ON customers (company_id, name_key)',
    ],
    undoes: [
      drop('customers', 'customers_by_name'),
      'CREATE INDEX customers_by_name ON customers (company_id, name_key, id)',
    ],
  },
  {
    name: 'a unique index that became a plain one',
    tells: [
      [
        'KEY_MISSING',
        'customers_phone of customers',
        'is over company_id, phone and must be unique over company_id, phone',
      ],
    ],
    does: [drop('customers', 'customers_phone'), 'CREATE INDEX customers_phone ON customers (company_id, phone)'],
    undoes: [
      drop('customers', 'customers_phone'),
      'CREATE UNIQUE INDEX customers_phone ON customers (company_id, phone)',
    ],
  },
  {
    name: 'a unique index that holds for inactive rows as well',
    tells: [
      [
        'KEY_MISSING',
        'phone_numbers_active_e164 of phone_numbers',
        'is unique over e164 and must be unique over e164 where active = 1',
      ],
    ],
    does: [
      drop('phone_numbers', 'phone_numbers_active_e164'),
      'CREATE UNIQUE INDEX phone_numbers_active_e164 ON phone_numbers (e164)',
    ],
    undoes: [
      drop('phone_numbers', 'phone_numbers_active_e164'),
      `CREATE UNIQUE INDEX phone_numbers_active_e164 ON phone_numbers ${where}`,
    ],
  },
];

const onlyIndex = (_: string, index: string): string => `DROP INDEX ${index}`;

const damages: Readonly<Record<string, readonly Damage[]>> = {
  sqlite: [
    ...usual(onlyIndex, '(e164) WHERE active = 1'),
    {
      name: 'claims without their key',
      tells: [[...claimsAre, `is not there: unique over ${claimsKey}`]],
      does: ['ALTER TABLE claims RENAME TO guarded', 'CREATE TABLE claims AS SELECT * FROM guarded'],
      undoes: ['DROP TABLE claims', 'ALTER TABLE guarded RENAME TO claims'],
    },
  ],
  mariadb: [
    ...usual((table, index) => `DROP INDEX ${index} ON ${table}`, '(e164_while_active)'),
    {
      name: 'claims without their key',
      tells: [[...claimsAre, `is not there: unique over ${claimsKey}`]],
      does: [`ALTER TABLE claims DROP PRIMARY KEY, ADD INDEX unguarded (${claimsKey})`],
      undoes: [`ALTER TABLE claims DROP INDEX unguarded, ADD PRIMARY KEY (${claimsKey})`],
    },
  ],
  postgres: [
    ...usual(onlyIndex, '(e164) WHERE active = 1'),
    {
      name: 'claims without their key',
      tells: [[...claimsAre, `is not there: unique over ${claimsKey}`]],
      does: ['ALTER TABLE claims DROP CONSTRAINT claims_pkey'],
      undoes: [`ALTER TABLE claims ADD PRIMARY KEY (${claimsKey})`],
    },
    {
      name: 'claims whose key has more columns than it should',
      tells: [[...claimsAre, `is unique over ${claimsKey}, owner_id and must be unique over ${claimsKey}`]],
      does: [
        'ALTER TABLE claims DROP CONSTRAINT claims_pkey',
        `ALTER TABLE claims ADD PRIMARY KEY (${claimsKey}, owner_id)`,
      ],
      undoes: ['ALTER TABLE claims DROP CONSTRAINT claims_pkey', `ALTER TABLE claims ADD PRIMARY KEY (${claimsKey})`],
    },
    {
      name: 'a key that no longer carries what is read from it alone',
      tells: [
        [
          'INDEX_MISSING',
          'primary key of spans',
          'is unique over company_id, resource_id, start_ms, owner_id and must be over company_id, resource_id, start_ms, owner_id with end_ms, expires_ms',
        ],
      ],
      does: [
        'ALTER TABLE spans DROP CONSTRAINT spans_pkey',
        'ALTER TABLE spans ADD PRIMARY KEY (company_id, resource_id, start_ms, owner_id)',
      ],
      undoes: [
        'ALTER TABLE spans DROP CONSTRAINT spans_pkey',
        'ALTER TABLE spans ADD PRIMARY KEY (company_id, resource_id, start_ms, owner_id) INCLUDE (end_ms, expires_ms)',
      ],
    },
    {
      name: 'an index that was not made to its end',
      tells: [['INDEX_MISSING', 'outbox_by_due of outbox', 'is not there: over sent_ms, due_ms']],
      does: ["UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'outbox_by_due'::regclass"],
      undoes: ["UPDATE pg_index SET indisvalid = TRUE WHERE indexrelid = 'outbox_by_due'::regclass"],
    },
  ],
};

/** What keeps rows apart, or lets them be found, is taken away and told, though all rows are in order. */
export function indexTests(planted: () => Planted, dialect: keyof typeof damages & string): void {
  test.each(damages[dialect] ?? [])('$name is found', async ({ tells, does, undoes }) => {
    const { at, storage, salon } = planted();
    for (const sql of does) await at.alter(sql);
    try {
      const findings = await found(storage, { nowMs: salon.nowMs });
      expect(findings.map(({ code, subject, message }) => [code, subject, message])).toEqual(tells);
      expect(findings.every(({ severity, company }) => severity === 'error' && company === null)).toBe(true);
    } finally {
      for (const sql of undoes) await at.alter(sql);
    }
    expect(await found(storage, { nowMs: salon.nowMs })).toEqual([]);
  });
}
