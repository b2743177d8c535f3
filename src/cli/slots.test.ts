import { expect, test } from 'vitest';
import { runSlotsCommand } from './slots.ts';

const example = {
  now: '2026-11-23T08:00:00Z',
  range: { from: '2026-11-24T00:00:00+01:00', to: '2026-11-25T00:00:00+01:00' },
  service: {
    durationMinutes: 60,
    stepMinutes: 15,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 10,
    noticeMinutes: 120,
    horizonDays: 60,
    grid: 'auto',
    assign: 'any',
    segments: [{ durationMinutes: 30, gapAfterMinutes: 15 }, { durationMinutes: 15 }],
  },
  resources: [
    {
      id: 'anna',
      kind: 'staff',
      timeZone: 'Europe/Berlin',
      weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '10:00', to: '12:30' }],
      overrides: [{ date: '2026-12-25', windows: [] }],
      busy: [{ start: '2026-11-24T10:00:00+01:00', end: '2026-11-24T11:00:00+01:00' }],
    },
  ],
};
const answer =
  '{"slots":[{"start":"2026-11-24T10:00:00.000Z","end":"2026-11-24T11:00:00.000Z","resources":["anna"]},' +
  '{"start":"2026-11-24T10:15:00.000Z","end":"2026-11-24T11:15:00.000Z","resources":["anna"]},' +
  '{"start":"2026-11-24T10:30:00.000Z","end":"2026-11-24T11:30:00.000Z","resources":["anna"]}]}\n';

const line = JSON.stringify(example);
const faulty = JSON.stringify({ ...example, service: { ...example.service, stepMinutes: 0 } });

test('a case in one line and a case over many lines get one answer', () => {
  for (const text of [
    line,
    `${line}\n`,
    JSON.stringify(example, null, 2),
    `\n\r\n${JSON.stringify(example, null, '\t')}\n\n`,
  ]) {
    expect(runSlotsCommand([], text)).toEqual({ stdout: answer, stderr: '', exitCode: 0 });
  }
});

test('several cases, one a line, get one answer a line', () => {
  const result = runSlotsCommand([], `${line}\n\n${line}\r\n${line}`);
  expect(result).toEqual({ stdout: answer.repeat(3), stderr: '', exitCode: 0 });
});

test('a case that is refused ends with 2 and names the field', () => {
  expect(runSlotsCommand([], faulty)).toEqual({
    stdout: '',
    stderr: 'askpro slots: service.stepMinutes: must be at least 1, not 0\n',
    exitCode: 2,
  });
});

test('of several cases the one that is refused is named by its line, after the answers before it', () => {
  expect(runSlotsCommand([], `${line}\n\n${faulty}\n${line}`)).toEqual({
    stdout: answer,
    stderr: 'askpro slots: line 3: service.stepMinutes: must be at least 1, not 0\n',
    exitCode: 2,
  });
});

test('text that is no JSON ends with 2', () => {
  for (const text of ['{', 'hello', '{"range":\n', '[1,2']) {
    const result = runSlotsCommand([], text);
    expect(result).toMatchObject({ stdout: '', exitCode: 2 });
    expect(result.stderr).toMatch(/^askpro slots: the case is not JSON: /);
  }
});

test('a broken line among cases is named', () => {
  const { stderr, exitCode } = runSlotsCommand([], `${line.slice(0, -20)}}\n${line}`);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^askpro slots: line 1: the case is not JSON/);
  expect(runSlotsCommand([], `${line}\noops`).stderr).toMatch(/^askpro slots: line 2: the case is not JSON/);
});

test('nothing on standard input ends with 2', () => {
  for (const text of ['', ' \n ']) {
    expect(runSlotsCommand([], text)).toMatchObject({
      exitCode: 2,
      stderr: 'askpro slots: there is no case on standard input\n',
    });
  }
});

test('--explain says that a start is free, and what is near', () => {
  for (const args of [['--explain', '2026-11-24T11:15:00+01:00'], ['--explain=2026-11-24T10:15:00Z']]) {
    const { stdout, exitCode } = runSlotsCommand(args, line);
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      {
        start: '2026-11-24T10:15:00.000Z',
        free: true,
        reasons: [],
        nearest: { previous: '2026-11-24T10:00:00.000Z', next: '2026-11-24T10:30:00.000Z' },
      },
    ]);
  }
});

test('--explain gives every reason and what is near, with instants in UTC', () => {
  const { stdout, exitCode } = runSlotsCommand(['--explain', '2026-11-24T10:40:00+01:00'], line);
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    0,
    {
      start: '2026-11-24T09:40:00.000Z',
      free: false,
      reasons: [
        {
          code: 'OFF_GRID',
          resource: 'anna',
          previous: '2026-11-24T09:30:00.000Z',
          next: '2026-11-24T09:45:00.000Z',
        },
        {
          code: 'BUSY',
          resource: 'anna',
          segment: 0,
          busy: { start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T10:00:00.000Z' },
        },
      ],
      nearest: { next: '2026-11-24T10:00:00.000Z' },
    },
  ]);
});

test('each case is answered what it asks, a line for a line', () => {
  const start = '2026-11-24T10:00:00.000Z';
  const lines = [{ check: start }, { countPerDay: true }, { next: 1 }, { explain: start }].map((ask) =>
    JSON.stringify({ ...example, ask }),
  );
  const { stdout, exitCode } = runSlotsCommand([], lines.join('\n'));
  const slot = { start, end: '2026-11-24T11:00:00.000Z', resources: ['anna'] };
  expect([exitCode, stdout.trim().split('\n')]).toEqual([
    0,
    [
      JSON.stringify({ start, free: true, slot }),
      JSON.stringify({ days: [{ date: '2026-11-24', count: 3 }] }),
      JSON.stringify({ slots: [slot] }),
      JSON.stringify({ start, free: true, reasons: [], nearest: { next: '2026-11-24T10:15:00.000Z' } }),
    ],
  ]);
});

test('--explain explains whatever the case asks, and as the case would be asked to', () => {
  const start = '2026-11-24T10:40:00+01:00';
  const { stdout } = runSlotsCommand(['--explain', start], JSON.stringify({ ...example, ask: { next: 1 } }));
  expect(stdout).toBe(runSlotsCommand([], JSON.stringify({ ...example, ask: { explain: start } })).stdout);
});

test('--explain answers each of several cases', () => {
  const { stdout } = runSlotsCommand(['--explain', '2026-11-24T11:15:00+01:00'], `${line}\n${line}\n`);
  expect(stdout.trim().split('\n')).toHaveLength(2);
});

test.each([
  [['--explain', 'noon']],
  [['--explain', '2026-11-24T11:15:00']],
  [['--explain']],
  [['--verbose']],
  [['case.json']],
])('arguments %j end with 2', (args) => {
  expect(runSlotsCommand(args, line)).toMatchObject({ stdout: '', exitCode: 2 });
});

test('--help says how to use it', () => {
  expect(runSlotsCommand(['--help'], '')).toMatchObject({ exitCode: 0, stderr: '' });
});
