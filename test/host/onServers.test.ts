import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, storageAt } from 'askpro/adapters/sequelize';
import { expect, test } from 'vitest';
import { onMariadb, onPostgres } from '../storage/servedBy.ts';
import { removeData, startedHost } from './startedHost.ts';

for (const { dialect, isHere, start } of [onMariadb, onPostgres]) {
  test
    .runIf(isHere())
    .concurrent(
      `on ${dialect} the host books, and has the appointment after it was ended and started again`,
      async () => {
        const server = await start();
        const ASKPRO_DATABASE = await server.createDatabase();
        await migrate(storageAt(ASKPRO_DATABASE), 'up');
        const first = await startedHost(undefined, { ASKPRO_DATABASE });
        try {
          const { apiKeys } = JSON.parse(readFileSync(join(first.dataDir, 'demo-keys.json'), 'utf8')) as {
            apiKeys: Record<string, string>;
          };
          const headers = {
            authorization: `Bearer ${apiKeys['salon-mitte'] ?? ''}`,
            'content-type': 'application/json',
          };
          const slots = await fetch(`${first.url}/api/v2/slots?service=haircut&count=1`, { headers });
          const { start } = ((await slots.json()) as { slots: { start: string }[] }).slots[0] ?? expect.fail();
          const booked = await fetch(`${first.url}/api/v2/appointments`, {
            method: 'POST',
            headers,
            body: JSON.stringify({
              service: 'haircut',
              start,
              customer: { name: 'Ödön „Ö“ 💇', phone: '+493023125777' },
            }),
          });
          expect(booked.status).toBe(201);
          const appointment = (await booked.json()) as { id: string };
          first.signal('SIGTERM');
          expect(await first.exited()).toBe(0);

          const second = await startedHost(first.dataDir, { ASKPRO_DATABASE });
          const found = await fetch(`${second.url}/api/v2/appointments/${appointment.id}`, { headers });
          expect(await found.json()).toEqual(appointment);
          second.signal('SIGTERM');
          expect(await second.exited()).toBe(0);
        } finally {
          removeData(first);
          server.kill();
        }
      },
    );
}
