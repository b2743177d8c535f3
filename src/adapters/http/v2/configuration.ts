import { z } from 'zod';
import {
  companyFieldsSchema,
  entriesOf,
  entryKey,
  entrySchemas,
  keyField,
  keyOfText,
  listOf,
  refuse,
  type CompanyFields,
  type Edited,
  type Entries,
  type EntryKind,
  type RefusalCode,
} from '../../../adapter.ts';
import { json, type Reply } from '../reply.ts';
import { conflictPage, conflictPageView } from './conflicts.ts';
import { endpoint, type Asked, type Endpoint } from './endpoint.ts';
import { changeSchema, changesView } from './setup.ts';

const tag = 'Configuration';
const common = { tag, versioned: true } as const;
const byKey = z.strictObject({ key: z.string() });
const dryRun = z.strictObject({
  dryRun: z.boolean().optional().meta({ description: 'Only tells what it would change.' }),
});
const revision = z.int().meta({ description: 'Of the whole configuration; also the ETag.' });
const editRefusals: readonly RefusalCode[] = ['COMPANY_UNKNOWN', 'CONFIG_CONFLICT', 'VERSION_CONFLICT'];
const MOST_BYTES = 1_048_576;

const editedSchema = z
  .strictObject({ revision, changes: z.array(changeSchema), conflicts: conflictPage })
  .meta({ id: 'Edited' });
const editedAnswer = {
  200: { description: 'What changed, or would change, and which appointments do not fit it.', schema: editedSchema },
};

// What the path names is not repeated in the body.
const contents = {
  branch: entrySchemas.branch.omit({ key: true }),
  number: entrySchemas.number.omit({ number: true }),
  agent: entrySchemas.agent.omit({ id: true }),
  schedule: entrySchemas.schedule.omit({ key: true }),
  resource: entrySchemas.resource.omit({ key: true }),
  service: entrySchemas.service.omit({ key: true }),
} as const satisfies Readonly<Record<EntryKind, z.ZodObject>>;

const etag = (seen: number): Readonly<Record<string, string>> => ({ etag: `"${seen}"` });

async function editedReply(door: Asked<unknown, unknown, unknown>['door'], edited: Edited): Promise<Reply> {
  const conflicts = await conflictPageView(door, edited.conflicts);
  const body = { revision: edited.revision, changes: changesView(edited.changes), conflicts };
  return json(200, body, etag(edited.revision));
}

const capitalised = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** Reading and changing all entries of one kind. */
function endpointsOf<K extends EntryKind>(kind: K): readonly Endpoint[] {
  const list = listOf[kind];
  const field = keyField[kind];
  const name = capitalised(kind);
  const path = `/config/${list}`;
  const entry = entrySchemas[kind].meta({ id: `${name}Definition` });
  const content = contents[kind].meta({ id: `${name}Content` });
  return [
    endpoint({
      method: 'GET',
      path,
      id: `listConfigured${capitalised(list)}`,
      tag,
      summary: `Lists all entries under ${list} as they are configured, inactive ones too.`,
      answers: { 200: { description: 'All of them.', schema: z.strictObject({ revision, items: z.array(entry) }) } },
      refusals: ['COMPANY_UNKNOWN'],
      async run({ engine, door }) {
        const read = await engine.setup.company(door.company.id).definition();
        if (!read.ok) return read;
        return json(200, { revision: read.revision, items: entriesOf(read.definition, kind) }, etag(read.revision));
      },
    }),
    endpoint({
      method: 'GET',
      path: `${path}/:key`,
      id: `getConfigured${name}`,
      tag,
      summary: `Reads one of the ${list} as it is configured; the revision of the configuration is the ETag.`,
      params: byKey,
      answers: { 200: { description: 'As it is configured.', schema: entry } },
      refusals: ['COMPANY_UNKNOWN', 'ENTRY_UNKNOWN'],
      async run({ engine, door, params }) {
        const read = await engine.setup.company(door.company.id).definition();
        if (!read.ok) return read;
        const { country } = read.definition;
        const key = keyOfText(kind, params.key, country);
        const found = entriesOf(read.definition, kind).find((each) => entryKey(kind, each, country) === key);
        return found === undefined ? refuse('ENTRY_UNKNOWN', { kind, key }) : json(200, found, etag(read.revision));
      },
    }),
    endpoint({
      ...common,
      method: 'PUT',
      path: `${path}/:key`,
      id: `put${name}`,
      summary: `Makes one of the ${list}, or gives it this content as a whole; what is left out has its default.`,
      params: byKey,
      query: dryRun,
      body: content,
      maxBodyBytes: MOST_BYTES,
      answers: editedAnswer,
      refusals: editRefusals,
      async run({ engine, door, params, query, body, ifMatch }) {
        // The engine judges the key as it judges the rest.
        const wanted = { ...(body as object), [field]: params.key } as unknown as Entries[K];
        const setup = engine.setup.company(door.company.id);
        const edited = await setup.put(kind, wanted, { expectedRevision: ifMatch, dryRun: query.dryRun });
        return edited.ok ? editedReply(door, edited) : edited;
      },
    }),
    endpoint({
      ...common,
      method: 'PATCH',
      path: `${path}/:key`,
      id: `switch${name}`,
      summary: `Switches one of the ${list} on or off. Appointments stay as they are, and are told as conflicts.`,
      params: byKey,
      query: dryRun,
      body: z.strictObject({ active: z.boolean() }),
      answers: editedAnswer,
      refusals: [...editRefusals, 'ENTRY_UNKNOWN'],
      async run({ engine, door, params, query, body, ifMatch }) {
        const setup = engine.setup.company(door.company.id);
        const options = { expectedRevision: ifMatch, dryRun: query.dryRun };
        const edited = body.active
          ? await setup.activate(kind, params.key, options)
          : await setup.deactivate(kind, params.key, options);
        return edited.ok ? editedReply(door, edited) : edited;
      },
    }),
    endpoint({
      ...common,
      method: 'DELETE',
      path: `${path}/:key`,
      id: `delete${name}`,
      summary: `Deletes one of the ${list} to which nothing refers, no appointment of the past either.`,
      params: byKey,
      query: dryRun,
      answers: editedAnswer,
      refusals: [...editRefusals, 'ENTRY_UNKNOWN', 'IN_USE'],
      async run({ engine, door, params, query, ifMatch }) {
        const setup = engine.setup.company(door.company.id);
        const edited = await setup.remove(kind, params.key, { expectedRevision: ifMatch, dryRun: query.dryRun });
        return edited.ok ? editedReply(door, edited) : edited;
      },
    }),
  ];
}

const companyForm = companyFieldsSchema.omit({ active: true }).meta({ id: 'CompanyFields' });

/** What the company decides for itself. */
const getCompanyFields = endpoint({
  method: 'GET',
  path: '/config/company',
  id: 'getConfiguredCompany',
  tag,
  summary: 'Reads what the company has decided for itself; the revision of the configuration is the ETag.',
  answers: { 200: { description: 'Its fields.', schema: companyForm } },
  refusals: ['COMPANY_UNKNOWN'],
  async run({ engine, door }) {
    const read = await engine.setup.company(door.company.id).definition();
    if (!read.ok) return read;
    const { name, timeZone, locale, country, policies } = read.definition;
    return json(200, { name, timeZone, locale, country, policies }, etag(read.revision));
  },
});

/** Changes it. The company is not switched off here: its own key could not switch it on again. */
const changeCompany = endpoint({
  ...common,
  method: 'PATCH',
  path: '/config/company',
  id: 'changeCompany',
  summary: 'Changes what the company has decided for itself; what is left out stays as it is.',
  query: dryRun,
  body: companyForm,
  answers: editedAnswer,
  refusals: editRefusals,
  async run({ engine, door, query, body, ifMatch }) {
    const setup = engine.setup.company(door.company.id);
    // The schema has the same shape; it only spells optional fields with undefined.
    const edited = await setup.change(body as CompanyFields, { expectedRevision: ifMatch, dryRun: query.dryRun });
    return edited.ok ? editedReply(door, edited) : edited;
  },
});

/** Everything about single entries of the configuration. */
export const configurationEndpoints: readonly Endpoint[] = [
  getCompanyFields,
  changeCompany,
  ...(Object.keys(listOf) as EntryKind[]).flatMap((kind) => endpointsOf(kind)),
];
