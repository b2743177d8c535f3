import { expect, test } from 'vitest';
import { bookingOf, mondayMs, newId, sampleAppointment, sampleCompany } from '../../../test/storage/sample.ts';
import { bookingProgram } from './bookingProgram.ts';
import { mysqlSql } from './dialects/mysql/sql.ts';
import { idBytes } from './ids.ts';
import { runNow } from './program.ts';
import type { Row, Step } from './program.ts';

const config = sampleCompany(1);
const resource = config.resources[0]?.id ?? newId<(typeof config.resources)[number]['id']>();
const row = sampleAppointment(config, resource, mondayMs);
const cancelling = {
  ...bookingOf({ ...row, status: 'cancelled', version: 2 }, { claims: [], idempotency: undefined }),
  release: [row.id],
  appointments: [{ row: { ...row, status: 'cancelled' as const, version: 2 }, expectedVersion: 1 }],
};

/** A node of a cluster that what another node has booked reaches after that many statements. */
function lateNode(arrivesAfter: number) {
  const asked: string[] = [];
  const answer = ({ sql, wants }: Step): readonly Row[] | number => {
    asked.push(sql);
    const isThere = asked.length > arrivesAfter;
    if (sql.startsWith('SELECT version')) return isThere ? [[1]] : [];
    if (wants === 'rows') return isThere ? [[idBytes(resource), mondayMs, 5, 11, 0]] : [];
    return isThere ? 1 : 0;
  };
  const outcome = runNow(bookingProgram(mysqlSql, idBytes(config.company.id), cancelling, mondayMs), answer);
  return { outcome: outcome.kind, gaveBack: asked.some((sql) => sql.startsWith('DELETE FROM claims')) };
}

test('an appointment that reaches a node of a cluster late is cancelled with its claims or not at all', () => {
  expect(lateNode(0)).toEqual({ outcome: 'committed', gaveBack: true });
  for (let arrivesAfter = 1; arrivesAfter < 6; arrivesAfter++)
    expect(lateNode(arrivesAfter)).toEqual({ outcome: 'version-conflict', gaveBack: false });
});

/** Leaves a session that somebody else has closed meanwhile, while a third one opens it anew. */
function leavesLate(isOpen: boolean) {
  const asked: string[] = [];
  const leaving = { release: [row.id], events: [] };
  const answer = ({ sql, wants }: Step): readonly Row[] | number => {
    asked.push(sql);
    if (sql.startsWith('UPDATE sessions')) return isOpen ? 1 : 0;
    // A seat that was still there when it was looked for.
    if (sql.includes('FROM units')) return [[idBytes(newId()), 0, 0, null, 1]];
    if (sql.startsWith('SELECT resource_id')) return [[idBytes(resource), mondayMs, 5, 11]];
    return wants === 'rows' ? [] : 1;
  };
  runNow(bookingProgram(mysqlSql, idBytes(config.company.id), leaving, mondayMs), answer);
  const gave = (table: string): boolean => asked.some((sql) => sql.startsWith(`DELETE FROM ${table}`));
  return { seat: gave('claims'), time: gave('spans'), session: gave('sessions') };
}

test('who leaves a session that is closed already leaves its time to whoever opens it anew', () => {
  expect(leavesLate(false)).toEqual({ seat: true, time: false, session: false });
  expect(leavesLate(true)).toEqual({ seat: true, time: true, session: true });
});
