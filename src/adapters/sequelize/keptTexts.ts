import { EngineError, isStorableText, UNSTORABLE } from '../../adapter.ts';
import type { DocumentWrite } from '../../adapter.ts';

/**
 * Refuses texts that some database would keep as others: two keys that become one there would be taken for each other.
 * What is kept as JSON is not among them, since that escapes both.
 *
 * @param texts - by the name of the field
 * @throws EngineError OPTION_INVALID, which names the field
 */
function demandStorable(texts: readonly (readonly [field: string, text: string])[]): void {
  for (const [field, text] of texts)
    if (!isStorableText(text)) throw new EngineError('OPTION_INVALID', `${field} ${UNSTORABLE}.`);
}

/** @throws EngineError OPTION_INVALID where a document could be stored under another name, or found by another value */
export function demandStorableDocument({ collection, id, indexes, events = [] }: DocumentWrite): void {
  demandStorable([
    ['collection', collection],
    ['id', id],
    ...Object.keys(indexes).map((name) => ['the name of an index', name] as const),
    ...Object.entries(indexes).map(([name, value]) => [`indexes.${name}`, value] as const),
    ...events.map(({ name }, at) => [`events[${at}].name`, name] as const),
    ...events.map(({ aggregate }, at) => [`events[${at}].aggregate`, aggregate] as const),
  ]);
}
