import { expect, test } from 'vitest';
import { resource } from './explain.scene.ts';
import { isEligible, missingSkills } from './qualified.ts';
import { compileSegment, type Assign, type Qualification } from './service.ts';

const anna = resource('anna', { skills: ['cut'] });
const room = resource('1', { kind: 'room' });
const segment = (rules: Qualification & { readonly assign?: Assign }): ReturnType<typeof compileSegment> =>
  compileSegment(rules, { durationMinutes: 30 }, undefined);

test('a list of skills is asked of everyone', () => {
  expect(missingSkills(segment({ skills: ['cut', 'dye'] }), anna)).toEqual(['dye']);
  expect(missingSkills(segment({ skills: ['cut'] }), room)).toEqual(['cut']);
});

test('skills by kind are asked of that kind alone', () => {
  expect(missingSkills(segment({ skills: { staff: ['dye'] } }), room)).toEqual([]);
  expect(missingSkills(segment({ skills: {} }), resource('x', { kind: 'constructor' }))).toEqual([]);
});

test('a kind of which nobody is named is not restricted', () => {
  const kinds = segment({ assign: { staff: 1, room: 1 }, eligible: ['ben'] });
  const ben = resource('ben');
  expect([anna, ben, room].map((each) => isEligible(kinds, each, [anna, ben, room]))).toEqual([false, true, true]);
  expect(isEligible(segment({ eligible: ['ben'] }), room, [anna, ben, room])).toBe(false);
});
