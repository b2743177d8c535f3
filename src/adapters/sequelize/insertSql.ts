/** `INSERT` of that many rows, all their values as `?`, followed by a tail. */
export function insertSql(table: string, columns: readonly string[], count: number, tail = ''): string {
  const row = `(${columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: count }, () => row).join(', ')}${tail}`;
}

/** A text for each number of rows, made when it is first asked for: every booking asks, and the same object is found fastest. */
export function textPerCount(make: (count: number) => string): (count: number) => string {
  const texts: string[] = [];
  return (count) => (texts[count] ??= make(count));
}
