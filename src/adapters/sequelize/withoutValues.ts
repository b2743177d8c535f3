/** What drivers and Sequelize hang on their errors beside the message: values of a statement, or a row that a key refused. */
const telling = ['parameters', 'detail', 'where', 'fields', 'errors'] as const;

/**
 * Takes the values of statements out of an error and its causes, because whoever logs a fault would log who booked. Of a
 * statement what comes before its first text is left, which tells what it was about.
 */
export function withoutValues(error: unknown): unknown {
  const seen = new Set<object>();
  const open: unknown[] = [error];
  while (open.length > 0) {
    const at = open.pop();
    if (!(at instanceof Error) || seen.has(at)) continue;
    seen.add(at);
    const told = at as Error & Record<string, unknown>;
    if (at instanceof AggregateError) open.push(...(at.errors as unknown[]));
    else for (const name of telling) Reflect.deleteProperty(told, name);
    if (typeof told['sql'] === 'string') told['sql'] = told['sql'].split("'", 1)[0];
    open.push(told['original'], told['parent'], at.cause);
  }
  return error;
}
