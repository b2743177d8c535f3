import { nameKey } from '../../../adapter.ts';
import { idOf, int } from '../cell.ts';
import { inPieces } from '../keyset.ts';
import type { ExaminedCompany } from './examined.ts';

const e164 = /^\+[1-9]\d{6,14}$/;

/** Phone numbers of one company and of its customers. Messages do not tell a customer's. */
export async function examineNumbers({ run, id, tell }: ExaminedCompany): Promise<void> {
  const of = { where: 'company_id = ?', values: [id], key: ['id'], at: [0] };
  for await (const piece of inPieces(run, { ...of, select: 'SELECT id, e164 FROM phone_numbers' }, 500)) {
    for (const row of piece) {
      if (e164.test(String(row[1]))) continue;
      const message = `${JSON.stringify(row[1])} is not in the form of E.164`;
      await tell('PHONE_INVALID', `phone number ${idOf(row[0])}`, message);
    }
  }
  for await (const piece of inPieces(
    run,
    { ...of, select: 'SELECT id, phone, no_shows, name, name_key FROM customers' },
    1000,
  )) {
    for (const row of piece) {
      const name = `customer ${idOf(row[0])}`;
      if (row[1] !== null && !e164.test(String(row[1])))
        await tell('PHONE_INVALID', name, 'has a phone number that is not in the form of E.164');
      if (row[4] !== (row[3] === null ? null : nameKey(String(row[3]))))
        await tell('COLUMNS_DIFFER', name, 'name_key is not made of its name');
      if (int(row[2]) < 0) await tell('VALUE_INVALID', name, 'no_shows is below 0');
    }
  }
}
