import { expect, test } from 'vitest';
import { BootRecord, printBoot } from './boot.ts';

test('a boot report tells the time of each plugin and is drawn as a tree', () => {
  const record = new BootRecord();
  record.setUp('clock', [], 0.25);
  record.setUp('storage', ['clock'], 3);
  record.started('storage', 40.5);
  const report = record.report();
  expect(report).toEqual({
    setupMs: 3.25,
    startMs: 40.5,
    plugins: [
      { name: 'clock', after: [], setupMs: 0.25, startMs: 0 },
      { name: 'storage', after: ['clock'], setupMs: 3, startMs: 40.5 },
    ],
  });
  expect(printBoot(report)).toBe(
    [
      'engine 43.8 ms',
      '├── clock 0.3 ms (setup 0.3 ms, start 0.0 ms)',
      '└── storage 43.5 ms (setup 3.0 ms, start 40.5 ms) after clock',
    ].join('\n'),
  );
});
