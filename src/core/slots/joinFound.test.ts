import { expect, test } from 'vitest';
import { findSlots } from './find.ts';
import { slotsOf, type FoundSlots } from './found.ts';
import { at, resource, service, spans } from './explain.scene.ts';
import { joinFound } from './joinFound.ts';

const resources = [resource('anna', { busy: spans('09:00-10:00') }), resource('ben')];
const found = (from: string, to: string): FoundSlots =>
  findSlots({ service: service(), resources, range: { fromMs: at(from), toMs: at(to) } });

test('answers that follow each other are one, with who is free at each start', () => {
  const joined = joinFound([found('09:00', '10:00'), found('10:00', '12:00')], Infinity);
  expect(slotsOf(joined)).toEqual(slotsOf(found('09:00', '12:00')));
});

test('no more than asked for are taken', () => {
  const joined = joinFound([found('09:00', '11:00'), found('11:00', '12:00')], 2);
  expect(slotsOf(joined)).toEqual(slotsOf(found('09:00', '11:00')));
});
