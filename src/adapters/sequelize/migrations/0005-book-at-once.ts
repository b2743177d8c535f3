import type { Migration } from './migration.ts';

/**
 * The procedure's name, with the number of its form. A new form takes a new name and a new migration, so that programs of
 * both versions find theirs.
 */
const bookProcedure = 'askpro_book_1';

/** The columns that it writes, in the order in which it is given their values. */
export const bookColumns = {
  customers: ['company_id', 'id', 'phone', 'name', 'email', 'locale', 'name_key', 'no_shows'],
  appointments: [
    'company_id', 'id', 'branch_id', 'service_id', 'resource_ids', 'start_ms', 'end_ms', 'spans', 'customer_id', 'status',
    'version', 'source', 'call_id', 'price_minor', 'price_currency', 'notes', 'metadata', 'created_ms', 'updated_ms',
    'group_id', 'details', 'staff_id',
  ],
} as const; // prettier-ignore

const id = 'BINARY(16)';
const long = 'BIGINT';
const int = 'INTEGER';

/** The types of the columns, as the tables have them. */
export const columnTypes = (text: (type: string) => string): Readonly<Record<string, string>> => ({
  id, branch_id: id, service_id: id, customer_id: id, call_id: id, group_id: id, staff_id: id,
  start_ms: long, end_ms: long, price_minor: long, created_ms: long, updated_ms: long,
  version: int, no_shows: int,
  phone: text('VARCHAR(32)'), name_key: text('VARCHAR(128)'), name: text('VARCHAR(255)'), email: text('VARCHAR(320)'), locale: text('VARCHAR(35)'),
  status: text('VARCHAR(16)'), source: text('VARCHAR(64)'), price_currency: text('VARCHAR(3)'),
  resource_ids: text('MEDIUMTEXT'), spans: text('MEDIUMTEXT'), notes: text('MEDIUMTEXT'),
  metadata: text('MEDIUMTEXT'), details: text('MEDIUMTEXT'),
}); // prettier-ignore

/** Spans come as one text of fields of fixed width: the resource in hexadecimal digits, start, end, first and last cell but one. */
const spanFields = { resource: 32, number: 16 } as const;

const { resource: wide, number: narrow } = spanFields;
const field = (position: number): string =>
  `CAST(SUBSTR(in_spans, at_span + ${wide + 1 + position * narrow}, ${narrow}) AS SIGNED)`;

/**
 * Whatever stands in the way fails the whole: the caller then goes step by step, and finds out what it was. So it does where the
 * procedure was made by a connection that was not strict, because claims rest on a refused NULL.
 */
export const fail = "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'it is tried again step by step'";

/** Many cells in one statement are faster than each in its own; the last few are claimed in smaller ones. */
const claimCells = (): string =>
  [12, 6, 3, 1]
    .map((count) => {
      const rows = Array.from(
        { length: count },
        (_, nth) => `(in_company, v_resource, v_cell + ${nth}, 0, in_owner, in_expires)`,
      );
      return `WHILE v_cell + ${count} <= v_past DO
        INSERT INTO claims (company_id, subject, cell, ordinal, owner_id, expires_ms) VALUES ${rows.join(', ')}
          ON DUPLICATE KEY UPDATE owner_id = IF(expires_ms <= in_now, VALUES(owner_id), NULL), expires_ms = VALUES(expires_ms);
        SET v_cell = v_cell + ${count};
      END WHILE;`;
    })
    .join('\n');

function procedure(collation: string): string {
  const text = (type: string): string => `${type} CHARACTER SET utf8mb4 COLLATE ${collation}`;
  const known = columnTypes(text);
  const given = (prefix: string, columns: readonly string[]): string[] =>
    columns.slice(1).map((column) => `IN ${prefix}_${column} ${known[column] ?? ''}`);
  const named = (prefix: string, columns: readonly string[]): string =>
    ['in_company', ...columns.slice(1).map((column) => `${prefix}_${column}`)].join(', ');
  const { customers, appointments } = bookColumns;
  const parameters = [
    `IN in_company ${id}`, `IN in_now ${long}`,
    `IN in_key ${text('VARCHAR(255)')}`, `IN in_fingerprint ${text('VARCHAR(128)')}`, `IN in_result ${id}`,
    `IN in_hold_owner ${text('VARCHAR(255)')}`, `IN in_owner ${id}`, `IN in_expires ${long}`, `IN in_spans ${text('MEDIUMTEXT')}`,
    ...given('c', customers), ...given('a', appointments),
    `IN e_id ${id}`, `IN e_aggregate ${text('VARCHAR(191)')}`, `IN e_name ${text('VARCHAR(64)')}`, `IN e_occurred ${long}`,
    `IN e_payload ${text('MEDIUMTEXT')}`,
  ]; // prettier-ignore
  const changes = customers.slice(2, -1).map((column) => `${column} = c_${column}`);
  const whole = `CREATE PROCEDURE ${bookProcedure} (${parameters.join(', ')}) MODIFIES SQL DATA SQL SECURITY INVOKER
BEGIN
  DECLARE at_span, is_last INT DEFAULT 0;
  DECLARE v_resource ${id};
  DECLARE v_start, v_end, v_first, v_past, v_cell ${long};
  DECLARE held CURSOR FOR SELECT resource_id, start_ms, first_cell, end_cell FROM spans
    WHERE company_id = in_company AND owner_id = in_owner;
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET is_last = 1;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  IF @@sql_mode NOT LIKE '%STRICT_TRANS_TABLES%' THEN ${fail}; END IF;
  START TRANSACTION;
  IF in_key IS NOT NULL THEN
    INSERT INTO idempotency (company_id, idempotency_key, fingerprint, result_id, created_ms)
      VALUES (in_company, in_key, in_fingerprint, in_result, in_now);
  END IF;
  IF in_hold_owner IS NOT NULL THEN
    DELETE FROM holds WHERE company_id = in_company AND id = in_owner AND owner = in_hold_owner AND expires_ms > in_now;
    IF ROW_COUNT() <> 1 THEN ${fail}; END IF;
    IF EXISTS (SELECT 1 FROM units WHERE company_id = in_company AND owner_id = in_owner) THEN ${fail}; END IF;
    OPEN held;
    kept: LOOP
      FETCH held INTO v_resource, v_start, v_first, v_past;
      IF is_last THEN LEAVE kept; END IF;
      UPDATE claims SET expires_ms = NULL WHERE company_id = in_company AND subject = v_resource AND cell >= v_first
        AND cell < v_past AND owner_id = in_owner AND expires_ms > in_now;
      IF ROW_COUNT() <> v_past - v_first THEN ${fail}; END IF;
      UPDATE spans SET expires_ms = NULL WHERE company_id = in_company AND resource_id = v_resource AND start_ms = v_start
        AND owner_id = in_owner;
    END LOOP;
    CLOSE held;
  END IF;
  WHILE at_span < LENGTH(in_spans) DO
    SET v_resource = UNHEX(SUBSTR(in_spans, at_span + 1, ${wide})), v_start = ${field(0)}, v_end = ${field(1)};
    SET v_first = ${field(2)}, v_past = ${field(3)}, v_cell = v_first;
    ${claimCells()}
    INSERT INTO spans (company_id, resource_id, start_ms, owner_id, end_ms, expires_ms, first_cell, end_cell)
      VALUES (in_company, v_resource, v_start, in_owner, v_end, in_expires, v_first, v_past);
    SET at_span = at_span + ${wide + 4 * narrow};
  END WHILE;
  IF c_id IS NOT NULL THEN
    IF EXISTS (SELECT 1 FROM customers WHERE company_id = in_company AND id = c_id) THEN
      UPDATE customers SET ${changes.join(', ')} WHERE company_id = in_company AND id = c_id;
    ELSE
      INSERT INTO customers (${customers.join(', ')}) VALUES (${named('c', customers)});
    END IF;
  END IF;
  INSERT INTO appointments (${appointments.join(', ')}) VALUES (${named('a', appointments)});
  IF e_id IS NOT NULL THEN
    INSERT INTO outbox (company_id, aggregate, sequence, id, name, occurred_ms, payload, attempts, due_ms, delivered)
      SELECT in_company, e_aggregate, COALESCE(MAX(sequence), 0) + 1, e_id, e_name, e_occurred, e_payload, 0, in_now, '[]'
      FROM outbox WHERE company_id = in_company AND aggregate = e_aggregate;
  END IF;
  COMMIT;
END`;
  // In one line, as scripts have it.
  return whole.replaceAll(/\s*\n\s*/g, ' ');
}

/** A procedure by which MySQL and MariaDB make what most bookings are in one round trip. */
export const bookAtOnceSchema: Migration = {
  name: '0005-book-at-once',
  up: (schema) => schema.addProcedure(procedure),
  down: (schema) => schema.dropProcedure(bookProcedure),
};
