import { expect, test } from 'vitest';
import { open, resource, service, spans, tuesday } from './explain.scene.ts';
import { findSlots } from './find.ts';
import { isPreferredAt, preferenceOf } from './preference.ts';
import type { FindQuestion, SlotResource } from './question.ts';

const hour = service();
const busy = spans('09:00-12:00');

function question(prefer: readonly string[], resources: readonly SlotResource[], asked = hour): FindQuestion {
  return { service: asked, resources, range: tuesday(), prefer };
}

/** `anna free` for each. */
function preference(asked: FindQuestion, listed?: readonly number[]): string[] {
  return preferenceOf(asked, findSlots(asked), listed).map(({ resource: id, status }) => `${id} ${status}`);
}

test('each one preferred is free, busy, not able to, or unknown', () => {
  const skilled = service({ skills: ['cut'] });
  const skills = ['cut'];
  const resources = [
    ...[resource('anna', { skills }), resource('ben', { skills }), resource('carla', { skills, busy })],
    resource('dora'),
  ];
  expect(preference(question(['carla', 'anna', 'ben', 'dora', 'emil'], resources, skilled))).toEqual([
    ...['carla busy', 'anna free', 'ben free', 'dora notQualified', 'emil unknown'],
  ]);
});

test('whoever comes second is free as well', () => {
  const own = service({ segments: [{ durationMinutes: 60, durationMinutesOf: { ben: 45 } }] });
  expect(preference(question(['anna', 'ben'], [resource('anna'), resource('ben')], own))).toEqual([
    'anna free',
    'ben free',
  ]);
});

test('only the starts that are listed count', () => {
  const late = resource('late', { schedule: open('11:00-12:00') });
  const asked = question(['late'], [resource('anna'), late]);
  expect(preference(asked, [0, 1])).toEqual(['late busy']);
  expect(preference(asked, [2])).toEqual(['late free']);
  expect(preference(asked, [])).toEqual(['late busy']);
});

test('a kind that is not needed cannot serve', () => {
  const resources = [resource('anna'), resource('room', { kind: 'room' })];
  expect(preference(question(['room'], resources, service({ assign: { staff: 1 } })))).toEqual(['room notQualified']);
});

test('a slot says whether somebody preferred serves it', () => {
  const found = findSlots(question(['ben'], [resource('anna'), resource('ben', { busy: spans('10:00-11:00') })]));
  expect([0, 1, 2].map((index) => isPreferredAt(found, index, ['ben', 'carla']))).toEqual([true, false, true]);
});
