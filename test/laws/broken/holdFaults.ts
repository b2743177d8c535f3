import { sameId } from '../../../src/core/contracts/storageLaws/shop.ts';
import { broken, replaced, stored, type BrokenAdapter } from './brokenAdapter.ts';
import { brokenAfter, brokenInput, brokenWrite } from './faultyWrite.ts';

/** Faults in holds. */
export const holdFaults: readonly BrokenAdapter[] = [
  brokenInput('forgets the parts of a hold', 'a hold is read back as it was written', (write) => ({
    ...write,
    hold: write.hold && { ...write.hold, parts: [] },
  })),
  broken('tells the owner of a hold in lower case', 'a hold is read back as it was written', ({ real }) =>
    replaced(real, {
      hold: async (company, id) => {
        const hold = await real.hold(company, id);
        return hold && { ...hold, owner: hold.owner.toLowerCase() };
      },
    }),
  ),
  brokenAfter(
    'forgets that claims expire',
    'a live hold keeps its time, an expired one is taken over',
    ({ raw }) => void raw.exec('UPDATE claims SET expires_ms = NULL'),
  ),
  brokenAfter(
    'forgets that occupied time expires',
    'a live hold is busy, an expired one is not',
    ({ raw }) => void raw.exec('UPDATE spans SET expires_ms = NULL'),
  ),
  brokenInput(
    'lets holds live one millisecond longer',
    'a live hold keeps its time, an expired one is taken over',
    (write) => ({
      ...write,
      claims: write.claims?.map((claim) => ({ ...claim, expiresMs: claim.expiresMs && claim.expiresMs + 1 })),
    }),
  ),
  brokenInput(
    'ends holds one millisecond early',
    'a live hold keeps its time, an expired one is taken over',
    (write) => ({
      ...write,
      claims: write.claims?.map((claim) => ({ ...claim, expiresMs: claim.expiresMs && claim.expiresMs - 1 })),
    }),
  ),
  brokenWrite(
    'passes the expiry on with time that is taken over',
    'time taken over from an expired hold is as safe as any',
    async ({ raw, write, really }) => {
      const lapsing = raw.prepare('SELECT subject, cell, expires_ms FROM claims WHERE expires_ms IS NOT NULL').all();
      const outcome = await really(write);
      const pass = raw.prepare('UPDATE claims SET expires_ms = ? WHERE subject = ? AND cell = ? AND owner_id = ?');
      for (const { owner } of outcome.kind === 'committed' ? (write.claims ?? []) : [])
        for (const { expires_ms = null, subject = null, cell = null } of lapsing)
          pass.run(expires_ms, subject, cell, stored(owner));
      return outcome;
    },
  ),
  brokenWrite(
    'releases by cell and not by owner',
    'release of an expired hold leaves what others have taken over',
    async ({ raw, write, really }) => {
      const spans = raw.prepare('SELECT resource_id, first_cell, end_cell FROM spans WHERE owner_id = ?');
      const found = (write.release ?? []).flatMap((id) => spans.all(stored(id)));
      const outcome = await really(write);
      const free = raw.prepare('DELETE FROM claims WHERE subject = ? AND cell >= ? AND cell < ?');
      for (const { resource_id = null, first_cell = null, end_cell = null } of write.claims ? [] : found)
        if (outcome.kind === 'committed') free.run(resource_id, first_cell, end_cell);
      return outcome;
    },
  ),
  ...(['claims', 'spans'] as const).map((table) =>
    brokenWrite(
      `lets the ${table} of a converted hold expire`,
      'a converted hold is permanent, and its hold row is gone',
      async ({ real, raw, company, write, really }) => {
        const hold = write.convert && (await real.hold(company, write.convert.id));
        const outcome = await really(write);
        if (hold && outcome.kind === 'committed')
          raw.prepare(`UPDATE ${table} SET expires_ms = ? WHERE owner_id = ?`).run(hold.expiresMs, stored(hold.id));
        return outcome;
      },
    ),
  ),
  brokenWrite(
    'keeps the row of a converted hold',
    'a converted hold is permanent, and its hold row is gone',
    async ({ real, company, write, really }) => {
      const hold = write.convert && (await real.hold(company, write.convert.id));
      const outcome = await really(write);
      if (hold && outcome.kind === 'committed') await really({ hold, events: [] });
      return outcome;
    },
  ),
  brokenWrite('converts holds that have expired', 'only a live hold is converted', ({ raw, write, really }) => {
    for (const table of write.convert ? ['holds', 'spans', 'claims'] : [])
      raw
        .prepare(`UPDATE ${table} SET expires_ms = expires_ms + 1e9 WHERE ${table === 'holds' ? 'id' : 'owner_id'} = ?`)
        .run(stored(write.convert?.id ?? ''));
    return really(write);
  }),
  brokenWrite('converts a hold again', 'a hold is converted once', async ({ real, company, write, really }) => {
    const done = write.convert && (await real.appointment(company, sameId(write.convert.id)));
    return done && !write.idempotency ? { kind: 'committed' } : really(write);
  }),
  brokenWrite(
    'lets anybody convert a hold',
    'only its owner converts a hold',
    async ({ real, company, write, really }) => {
      const hold = write.convert && (await real.hold(company, write.convert.id));
      return really(hold && write.convert ? { ...write, convert: { ...write.convert, owner: hold.owner } } : write);
    },
  ),
  brokenWrite(
    'compares owners without case and blanks',
    'only its owner converts a hold',
    async ({ real, company, write, really }) => {
      const hold = write.convert && (await real.hold(company, write.convert.id));
      const same = hold?.owner.toLowerCase().trim() === write.convert?.owner.toLowerCase().trim();
      return really(
        hold && write.convert && same ? { ...write, convert: { ...write.convert, owner: hold.owner } } : write,
      );
    },
  ),
  brokenInput('requires no hold', 'a hold that is required must be live and of that owner', (write) => ({
    ...write,
    requireHold: undefined,
  })),
  brokenWrite(
    'looks for the required hold after it has released it',
    'a hold is replaced in one write: required, released, and its time claimed anew',
    async ({ write, really }) => {
      const { requireHold, release } = write;
      const gone = requireHold && release?.some((id) => id === requireHold.id);
      return gone ? { kind: 'hold-expired' } : really(write);
    },
  ),
];
