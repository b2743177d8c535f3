const texts = new Map<string, string>();

/** `INSERT` of that many rows, all their values as `?`, followed by a tail; texts are made once for each shape. */
export function insertSql(table: string, columns: readonly string[], count: number, tail = ''): string {
  const key = `${table}/${count}/${tail}`;
  let sql = texts.get(key);
  if (sql === undefined) {
    const row = `(${columns.map(() => '?').join(', ')})`;
    sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: count }, () => row).join(', ')}${tail}`;
    texts.set(key, sql);
  }
  return sql;
}
