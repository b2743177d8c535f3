import type { Told } from './recorded.ts';

/** What a dialect would do about a statement. */
export interface Plan {
  /** The indexes it reads by, `table key` for a primary key, each once; a `*` follows where nothing else is read of the table. */
  readonly reads: readonly string[];
  /** Tables that it looks through without a condition on an index. */
  readonly scans: readonly string[];
  readonly sorts: boolean;
}

/** How a dialect is asked, and understood. */
export interface Judge {
  readonly explain: string;
  read(sql: string, told: readonly Told[], known: Known): Plan;
}

/** What a schema is made of. */
export interface Known {
  readonly tables: ReadonlySet<string>;
  /** The index that an index of a part belongs to, where tables have parts. */
  indexOf(name: string): string;
}

/** The tables that a statement names, by what it calls them. */
function tablesIn(sql: string, { tables }: Known): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const [, name = '', alias = name] of sql.matchAll(
    /(?:FROM|JOIN|UPDATE|INTO)\s+[`"]?(\w+)[`"]?(?:\s+AS)?(?:\s+[`"]?(?!WHERE|ON|ORDER|JOIN|SET|LIMIT|UNION|LEFT|CROSS|USING)(\w+))?/gi,
  )) {
    if (!tables.has(name)) continue;
    named.set(alias, name);
    named.set(name, name);
  }
  return named;
}

class Notes {
  readonly #reads = new Set<string>();
  readonly #scans = new Set<string>();
  sorts = false;

  reads(table: string, index: string, isCovered: boolean): void {
    this.#reads.add(`${index === '' ? `${table} key` : index}${isCovered ? '*' : ''}`);
  }

  scans(table: string): void {
    this.#scans.add(table);
  }

  plan(): Plan {
    return { reads: [...this.#reads].sort(), scans: [...this.#scans].sort(), sorts: this.sorts };
  }
}

/** SQLite tells its steps in words. */
export const sqliteJudge: Judge = {
  explain: 'EXPLAIN QUERY PLAN',
  read(sql, told, known) {
    const named = tablesIn(sql, known);
    const notes = new Notes();
    for (const row of told) {
      const step = String(row[3]);
      if (step.includes('TEMP B-TREE')) notes.sorts = true;
      const [, verb, alias = '', isCovering, index = ''] =
        /^(SEARCH|SCAN) (\w+)(?: USING (?:(COVERING )?INDEX (\w+)|.*))?/.exec(step) ?? [];
      const table = named.get(alias);
      if (table === undefined) continue;
      if (verb === 'SCAN') notes.scans(table);
      else notes.reads(table, index.startsWith('sqlite_autoindex') ? '' : index, isCovering !== undefined);
    }
    return notes.plan();
  },
};

/** MariaDB tells of each table in a row of columns. */
export const mariadbJudge: Judge = {
  explain: 'EXPLAIN',
  read(sql, told, known) {
    const named = tablesIn(sql, known);
    const notes = new Notes();
    for (const [, , alias, type, , key, , , , extra] of told) {
      const text = String(extra);
      if (text.includes('filesort')) notes.sorts = true;
      const table = named.get(String(alias));
      if (table === undefined) continue;
      if (type === 'ALL' || type === 'index') notes.scans(table);
      else if (typeof key === 'string')
        notes.reads(table, key === 'PRIMARY' ? '' : key, /Using index(?! condition)/.test(text));
    }
    return notes.plan();
  },
};

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Node[];
}

/** PostgreSQL tells a tree. */
export const postgresJudge: Judge = {
  explain: 'EXPLAIN (FORMAT JSON)',
  read(_, told, known) {
    const notes = new Notes();
    const look = (node: Node, relation: string): void => {
      const type = node['Node Type'];
      const table = (node['Relation Name'] ?? relation).replace(/_(earlier|later|y\d{4})$/, '');
      if (type === 'Sort' || type === 'Incremental Sort') notes.sorts = true;
      if (type === 'Seq Scan') notes.scans(table);
      const index = node['Index Name'];
      if (index !== undefined) {
        const name = known.indexOf(index);
        notes.reads(name.replace(/_pkey$/, ''), name.endsWith('_pkey') ? '' : name, type === 'Index Only Scan');
      }
      for (const child of node.Plans ?? []) look(child, table);
    };
    const [answer] = told[0] ?? [];
    const plans = (typeof answer === 'string' ? JSON.parse(answer) : answer) as readonly { readonly Plan: Node }[];
    for (const { Plan } of plans) look(Plan, '');
    return notes.plan();
  },
};
