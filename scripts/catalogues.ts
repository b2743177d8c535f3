/** The pages on refusals, faults and findings, made from the tables that the engine itself reads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { storageFindings } from '../src/adapters/sequelize/doctor/findings.ts';
import { faults } from '../src/core/errors.ts';
import { refusals, type RefusalCode } from '../src/core/refusals.ts';

/** A page, by its path in the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** The pages as they should be. */
export async function catalogues(root: string): Promise<readonly Page[]> {
  const carried = refusalFields(readFileSync(join(root, 'src/core/refusals.ts'), 'utf8'));
  const pages = [
    { path: 'docs/refusals.md', text: refusalsPage(carried) },
    { path: 'docs/faults.md', text: faultsPage() },
    { path: 'docs/doctor.md', text: findingsPage() },
  ];
  return Promise.all(
    pages.map(async ({ path, text }) => {
      const file = join(root, path);
      return { path, text: await format(text, { ...(await resolveConfig(file)), filepath: file }) };
    }),
  );
}

const made = (source: string): string => `<!-- Made from ${source} by \`npm run docs:update\`. -->`;

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function refusalsPage(carried: ReadonlyMap<string, readonly string[]>): string {
  const rows = Object.entries(refusals).map(([code, { meaning, fix, status }]) => {
    const fields = carried.get(code) ?? [];
    return [`\`${code}\``, meaning, fix, fields.map((field) => `\`${field}\``).join(', '), String(status)];
  });
  return `${made('src/core/refusals.ts')}

# Refusals

What a caller can cause is answered, never thrown: \`{ ok: false, refusal: { code, … } }\` with the data named here beside the
code. Over HTTP a refusal is a problem detail (RFC 9457) of the status given. Codes are stable; texts may become better.

${table(['Code', 'What happened', 'What to do', 'Carries', 'HTTP'], rows)}
`;
}

function faultsPage(): string {
  const rows = Object.entries(faults).map(([code, { meaning, fix, retryable }]) => [
    `\`${code}\``,
    meaning,
    fix,
    retryable ? 'yes' : 'no',
  ]);
  return `${made('src/core/errors.ts')}

# Faults

What should not happen is thrown, as an \`EngineError\` with a stable \`code\`, its \`cause\`, and \`retryable\`: whether the same
call may succeed later without anyone acting.

${table(['Code', 'What happened', 'What to do', 'Retryable'], rows)}
`;
}

function findingsPage(): string {
  const rows = Object.entries(storageFindings).map(([code, { severity, meaning, fix }]) => [
    `\`${code}\``,
    severity,
    meaning,
    fix,
  ]);
  return `${made('src/adapters/sequelize/doctor/findings.ts')}

# The doctor

\`askpro doctor --storage\` looks for whatever does not fit in a database: time that a booking lacks, or has without a right
to it; claims of nobody; more bookings at one time than there are places; rows that name others that do not exist; keys and indexes
that are gone.

\`\`\`sh
askpro doctor --storage                                   # ./askpro.db, or ASKPRO_DATABASE
askpro doctor --storage --db postgres://askpro@db/askpro  # a server
askpro doctor --storage --company salon --json            # one company; a finding a line
\`\`\`

It reads the state of one moment and changes nothing, so bookings go on meanwhile. It goes company by company along the keys of
the tables, in constant memory. On a server the moment is kept by a transaction that lasts as long as the doctor does.

It ends with 0 when nothing is wrong, with 1 when there is an error, with 2 when what was asked for is wrong. A warning is in
nobody's way, or has a cause that is no fault, such as a capacity that was lowered after it was booked. What has lapsed or is over
and only waits for the sweep is not told at all. Subjects and messages hold ids and no personal data.

In code: \`checkStorage(storage, { company, nowMs })\` of \`askpro/adapters/sequelize\` gives the same, one by one.

Codes are stable; texts may become better. There are no foreign keys in the schema, so references are looked at here too.

${table(['Code', 'Severity', 'What does not fit', 'What to do'], rows)}
`;
}

/** What each refusal carries beside its code: the fields of `RefusalData`, in the order of their declaration. */
export function refusalFields(source: string): ReadonlyMap<RefusalCode, readonly string[]> {
  const file = ts.createSourceFile('refusals.ts', source, ts.ScriptTarget.Latest);
  const interfaces = new Map(file.statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one]));
  const named = (members: ts.NodeArray<ts.TypeElement>): readonly string[] =>
    members.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []));
  const fieldsOf = (type: ts.TypeNode | undefined): readonly string[] => {
    if (type === undefined) return [];
    if (ts.isTypeLiteralNode(type)) return named(type.members);
    if (ts.isIntersectionTypeNode(type)) return type.types.flatMap(fieldsOf);
    if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return [];
    const reference = interfaces.get(type.typeName.text);
    return reference === undefined ? [] : named(reference.members);
  };
  const data = interfaces.get('RefusalData')?.members.filter(ts.isPropertySignature) ?? [];
  return new Map(
    data.map(({ name, type }) => [(ts.isIdentifier(name) ? name.text : '') as RefusalCode, fieldsOf(type)]),
  );
}
