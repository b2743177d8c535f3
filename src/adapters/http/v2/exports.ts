import { z } from 'zod';
import { refuse, type ExportFormat, type ExportKind, type FieldError } from '../../../adapter.ts';
import { download } from '../reply.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { instant } from './fields.ts';
import { msOf } from './msOf.ts';

const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

const format = z.enum(['csv', 'ndjson']).optional().meta({
  description:
    'A table (RFC 4180), in which texts that a spreadsheet could take for a formula have an apostrophe in front, or one JSON object a line. Left out: csv.',
});

const asked = z.strictObject({
  format,
  from: instant.optional().meta({ description: 'At or after.' }),
  to: instant.optional().meta({ description: 'Before.' }),
});
/** People have no time. */
const askedAll = asked.omit({ from: true, to: true }) as unknown as typeof asked;

const exporting = (kind: ExportKind, id: string, summary: string, query: typeof asked): Endpoint =>
  endpoint({
    method: 'GET',
    path: `/export/${kind}`,
    id,
    tag: 'Export',
    summary,
    query,
    answers: {
      200: {
        description: 'All of them. An answer that breaks off is not whole.',
        files: ['text/csv', 'application/x-ndjson'],
      },
    },
    refusals: [],
    async run({ door, query: { format: wanted = 'csv', from, to } }) {
      const errors: FieldError[] = [];
      const [fromMs, toMs] = [msOf(from, 'from', errors), msOf(to, 'to', errors)];
      if (fromMs !== undefined && toMs !== undefined && toMs <= fromMs)
        errors.push({ path: 'to', message: 'must be after from' });
      if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
      return download(types[wanted], `${kind}.${wanted}`, door.export.text(kind, wanted, { fromMs, toMs }));
    },
  });

/** Exports appointments. */
export const exportAppointments = exporting(
  'appointments',
  'exportAppointments',
  'Exports all appointments, or those that start within a range.',
  asked,
);

/** Exports customers. */
export const exportCustomers = exporting('customers', 'exportCustomers', 'Exports all customers.', askedAll);

/** Exports calls. */
export const exportCalls = exporting(
  'calls',
  'exportCalls',
  'Exports all calls, or those that began within a range.',
  asked,
);
