/** One column of one unique index of a live schema. */
export interface UniqueColumn {
  readonly table: string;
  readonly index: string;
  /** Its place in the index; the first is the lowest. */
  readonly position: number;
  readonly column: string;
}

/** The unique indexes that do not begin with the company, as `table.index`, sorted. */
export function unscopedUniqueIndexes(columns: readonly UniqueColumn[]): readonly string[] {
  const first = new Map<string, UniqueColumn>();
  for (const each of columns) {
    const name = `${each.table}.${each.index}`;
    const known = first.get(name);
    if (known === undefined || each.position < known.position) first.set(name, each);
  }
  return [...first].filter(([, { column }]) => column !== 'company_id').map(([name]) => name).sort(); // prettier-ignore
}
