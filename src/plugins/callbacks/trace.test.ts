import { afterEach, beforeEach, expect, test } from 'vitest';
import { callbackScene, caller, callOf, START_MS } from './callbacks.scene.ts';
import { run } from '../../cli/run.ts';
import { Documents } from '../../plugin.ts';

let scene: Awaited<ReturnType<typeof callbackScene>>;
beforeEach(async () => {
  scene = await callbackScene();
});
afterEach(async () => {
  await scene.close();
  scene.remove();
});

async function askpro(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    stdin: () => Promise.resolve(''),
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: { ASKPRO_DATABASE: scene.file },
  });
  return { code, out, err };
}

test('a call is traced from its webhook to its rows, in order and without anyone’s personal data', async () => {
  const { salon } = scene;
  const call = callOf('c1');
  await scene.post('/webhooks/retell', { event: 'call_started', call });
  scene.clock.advance(1000);
  const offered = await scene.ask(call, 'find_slots', { date: '2026-11-23', staff: 'Anna' });
  const number = (offered['offers'] as readonly { readonly number: number }[])[0]?.number;
  scene.clock.advance(1000);
  const session = await salon.calls.get('retell', 'c1');
  const slots = await salon.find({ service: 'cut', from: START_MS, count: 1 });
  if (!slots.ok || session === undefined) return expect.fail('nothing is free');
  const held = await salon.hold(salon.offer(slots.slots[0]), { owner: session.id });
  if (!held.ok) return expect.fail(held.refusal.code);
  await salon.release({ hold: held.hold.id, owner: session.id });
  scene.clock.advance(1000);
  const wish = { offer: number, customer_name: 'Erika Muster', customer_phone: '+491709876543', notes: 'Bitte leise' };
  const booked = await scene.ask(call, 'book', wish);
  expect(booked).toMatchObject({ ok: true });
  scene.clock.advance(1000);
  await scene.ask(call, 'request_callback', { reason: 'other', notes: 'Frage zur Rechnung' });
  const transcript = 'User: Ich bin Erika Muster';
  await scene.post('/webhooks/retell', {
    event: 'call_ended',
    call: { ...call, transcript, end_timestamp: START_MS + 5000 },
  });
  const appointment = (await salon.calls.get('retell', 'c1'))?.appointmentId ?? '';
  await scene.close();

  const byCall = await askpro('trace', 'c1', '--json');
  expect([byCall.code, byCall.err]).toEqual([0, '']);
  type Told = Readonly<Record<string, string | number | boolean | null>>;
  const { timeline, rows } = JSON.parse(byCall.out) as {
    readonly timeline: readonly { readonly at: string; readonly kind: string; readonly told: Told }[];
    readonly rows: readonly { readonly row: string; readonly told: Told }[];
  };
  const steps = timeline
    .filter(({ kind }) => kind !== 'call')
    .map(({ kind, told }) =>
      `${kind} ${String(told['event'] ?? told['name'] ?? told['did'] ?? told['status'] ?? '')}`.trim(),
    );
  const inOrder = [
    'webhook call_started',
    'function find_slots',
    'hold held',
    'function book',
    'function request_callback',
  ];
  expect(inOrder.map((step) => steps.indexOf(step))).toEqual(
    inOrder.map((step) => steps.indexOf(step)).toSorted((a, b) => a - b),
  );
  for (const step of [
    ...inOrder,
    'offers',
    'hold released',
    'appointment booked',
    'callback open',
    'webhook call_ended',
    'event appointment.booked',
  ])
    expect(steps).toContain(step);
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
  expect(rows.map(({ row }) => row)).toEqual(expect.arrayContaining(['call', 'appointment', 'claims']));
  expect(rows.find(({ row }) => row === 'claims')?.told).toMatchObject({ cells: 12, expires: null });

  const byAppointment = await askpro('trace', appointment, '--company', 'salon');
  expect([byAppointment.code, byAppointment.err]).toEqual([0, '']);
  expect(byAppointment.out).toContain('function     arg.offer=');
  for (const told of [byCall.out, byAppointment.out]) {
    for (const secret of [caller, '15123456789', '9876543', 'Erika', 'Muster', 'leise', 'Rechnung', 'Anna', 'Ich bin'])
      expect(told).not.toContain(secret);
    expect(told).toContain('E. M.');
    expect(told).toContain('…43');
  }
  const unknown = await askpro('trace', 'c2');
  expect([unknown.code, unknown.out]).toEqual([2, '']);
  expect(unknown.err).toContain('there is no such call');
  const nameless = await askpro('trace', appointment);
  expect([nameless.code, nameless.out]).toEqual([2, '']);
  expect(nameless.err).toContain('--company: must name');
  expect((await askpro('trace', appointment, '--company', 'garage')).code).toBe(2);
}, 60_000);

test('what is stored of a call has nothing of what was said in it, not even where it is a single word or a date', async () => {
  const { salon } = scene;
  const call = callOf('c1');
  const offered = await scene.ask(call, 'find_slots', { date: '2026-11-23', part_of_day: 'morning' });
  const number = (offered['offers'] as readonly { readonly number: number }[])[0]?.number;
  const booked = await scene.ask(call, 'book', { offer: number, customer_name: 'Erika', notes: '1979-04-02' });
  expect(booked).toMatchObject({ ok: true });
  expect(await scene.ask(call, 'cancel', { reason: 'schwanger' })).toMatchObject({ ok: true });
  await scene.ask(call, 'request_callback', { reason: 'wants-person', notes: 'vertraulich' });
  await scene.close();
  const next = await scene.restart();
  const documents = next.get(Documents);
  const stored = JSON.stringify(await documents.list(salon.company.id, { collection: 'calls.journal', limit: 200 }));
  await next.stop();
  for (const secret of ['schwanger', 'vertraulich', '1979', 'Erika', '5123456789'])
    expect(stored).not.toContain(secret);
  // Fixed words and the day that was asked for stay, because they are what one looks for.
  for (const told of ['"cancel"', '"morning"', '"wants-person"', '"2026-11-23"']) expect(stored).toContain(told);
});
