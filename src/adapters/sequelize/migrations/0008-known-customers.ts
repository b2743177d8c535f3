import { bookColumns, columnTypes, fail } from './0005-book-at-once.ts';
import type { Migration } from './migration.ts';

/** The name of the procedure that programs call: see the form before it. */
export const bookProcedure = 'askpro_book_2';

const id = 'BINARY(16)';
const long = 'BIGINT';

/** The first span comes in values of its own; further ones as one text of fields of fixed width: resource in hexadecimal digits, start, end, first and last cell but one. */
export const spanFields = { resource: 32, number: 16 } as const;

const { resource: wide, number: narrow } = spanFields;
const field = (position: number): string =>
  `CAST(SUBSTR(in_spans, at_span + ${wide + 1 + position * narrow}, ${narrow}) AS SIGNED)`;

/** Many cells in one statement are faster than each in its own; the last few are claimed in smaller ones. */
const claimCells = (): string => {
  const claimed = [12, 6, 3, 1].map((count) => {
    const rows = Array.from(
      { length: count },
      (_, nth) => `(in_company, in_resource, v_cell + ${nth}, 0, in_owner, NULL)`,
    );
    return `IF v_cell + ${count} <= in_past THEN
      INSERT INTO claims (company_id, subject, cell, ordinal, owner_id, expires_ms) VALUES ${rows.join(', ')}
        ON DUPLICATE KEY UPDATE owner_id = IF(expires_ms <= in_now, VALUES(owner_id), NULL), expires_ms = NULL;
      SET v_cell = v_cell + ${count};`;
  });
  return `WHILE v_cell < in_past DO ${claimed.join(' ELSE')} END IF; END WHILE;`;
};

const lockedCustomer = 'SELECT COUNT(*) INTO v_there FROM customers WHERE company_id = in_company AND id = in_known';

const events = 'company_id, aggregate, sequence, id, name, occurred_ms, payload, attempts, due_ms, delivered';
const event = (sequence: string): string =>
  `in_company, e_aggregate, ${sequence}, e_id, e_name, e_occurred, e_payload, 0, in_now, '[]'`;

function procedure(collation: string): string {
  const text = (type: string): string => `${type} CHARACTER SET utf8mb4 COLLATE ${collation}`;
  const types = columnTypes(text);
  const given = (prefix: string, columns: readonly string[]): string[] =>
    columns.slice(1).map((column) => `IN ${prefix}_${column} ${types[column] ?? ''}`);
  const named = (prefix: string, columns: readonly string[]): string =>
    ['in_company', ...columns.slice(1).map((column) => `${prefix}_${column}`)].join(', ');
  const { customers, appointments } = bookColumns;
  const parameters = [
    `IN in_company ${id}`, `IN in_now ${long}`,
    `IN in_key ${text('VARCHAR(255)')}`, `IN in_fingerprint ${text('VARCHAR(128)')}`, `IN in_result ${id}`,
    `IN in_hold_owner ${text('VARCHAR(255)')}`, `IN in_owner ${id}`,
    `IN in_resource ${id}`, `IN in_start ${long}`, `IN in_end ${long}`, `IN in_first ${long}`, `IN in_past ${long}`,
    `IN in_spans ${text('TEXT')}`, `IN in_known ${id}`,
    ...given('c', customers), ...given('a', appointments),
    `IN e_id ${id}`, `IN e_aggregate ${text('VARCHAR(191)')}`, 'IN e_sequence INTEGER', `IN e_name ${text('VARCHAR(64)')}`,
    `IN e_occurred ${long}`, `IN e_payload ${text('MEDIUMTEXT')}`,
  ]; // prettier-ignore
  const changes = customers.slice(2, -1).map((column) => `${column} = VALUES(${column})`);
  const whole = `CREATE PROCEDURE ${bookProcedure} (${parameters.join(', ')}) MODIFIES SQL DATA SQL SECURITY INVOKER
BEGIN
  DECLARE at_span, is_last, v_there INT DEFAULT 0;
  DECLARE v_cell ${long};
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
      FETCH held INTO in_resource, in_start, in_first, in_past;
      IF is_last THEN LEAVE kept; END IF;
      UPDATE claims SET expires_ms = NULL WHERE company_id = in_company AND subject = in_resource AND cell >= in_first
        AND cell < in_past AND owner_id = in_owner AND expires_ms > in_now;
      IF ROW_COUNT() <> in_past - in_first THEN ${fail}; END IF;
      UPDATE spans SET expires_ms = NULL WHERE company_id = in_company AND resource_id = in_resource AND start_ms = in_start
        AND owner_id = in_owner;
    END LOOP;
    CLOSE held;
  ELSE
    WHILE in_resource IS NOT NULL DO
      SET v_cell = in_first;
      ${claimCells()}
      INSERT INTO spans (company_id, resource_id, start_ms, owner_id, end_ms, expires_ms, first_cell, end_cell)
        VALUES (in_company, in_resource, in_start, in_owner, in_end, NULL, in_first, in_past);
      IF at_span < LENGTH(in_spans) THEN
        SET in_resource = UNHEX(SUBSTR(in_spans, at_span + 1, ${wide})), in_start = ${field(0)}, in_end = ${field(1)};
        SET in_first = ${field(2)}, in_past = ${field(3)}, at_span = at_span + ${wide + 4 * narrow};
      ELSE
        SET in_resource = NULL;
      END IF;
    END WHILE;
  END IF;
  IF in_known IS NOT NULL THEN
    IF c_id IS NULL THEN ${lockedCustomer} LOCK IN SHARE MODE; ELSE ${lockedCustomer} FOR UPDATE; END IF;
    IF v_there = 0 THEN ${fail}; END IF;
  END IF;
  IF c_id IS NOT NULL THEN
    INSERT INTO customers (${customers.join(', ')}) VALUES (${named('c', customers)})
      ON DUPLICATE KEY UPDATE id = IF(id = VALUES(id), id, NULL), ${changes.join(', ')};
  END IF;
  INSERT INTO appointments (${appointments.join(', ')}) VALUES (${named('a', appointments)});
  IF e_sequence IS NOT NULL THEN
    INSERT INTO outbox (${events}) VALUES (${event('e_sequence')});
  ELSEIF e_id IS NOT NULL THEN
    INSERT INTO outbox (${events}) SELECT ${event('COALESCE(MAX(sequence), 0) + 1')}
      FROM outbox WHERE company_id = in_company AND aggregate = e_aggregate;
  END IF;
  COMMIT;
END`;
  // In one line, as scripts have it.
  return whole.replaceAll(/\s*\n\s*/g, ' ');
}

/** The procedure by which MySQL and MariaDB book in one round trip, in a form that does less, and books for known customers. */
export const knownCustomersSchema: Migration = {
  name: '0008-known-customers',
  up: (schema) => schema.addProcedure(procedure),
  down: (schema) => schema.dropProcedure(bookProcedure),
};
