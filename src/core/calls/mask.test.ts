import { expect, test } from 'vitest';
import { maskEmail, maskFields, maskName, maskPhone, maskWord } from './mask.ts';

test.each([
  ['erika@example.org', 'e…@….org'],
  ['info@erika-muster.de', 'i…@….de'],
  ['e@example.org, or call +49 170 1234567', '38 characters'],
  ['write to e@example.org', '22 characters'],
  ['e@[192.168.1.1]', '15 characters'],
  ['@', '1 characters'],
])('of the e-mail address %j is told %j', (email, told) => {
  expect(maskEmail(email)).toBe(told);
});

test.each([
  ['+49 (0)170 123 45 67', '…67'],
  ['0170/1234567 Erika', '…67'],
  ['12', '…'],
  ['anonymous', '…'],
])('of the phone number %j is told %j', (phone, told) => {
  expect(maskPhone(phone)).toBe(told);
});

test('names are told by their initials, and no more than four', () => {
  expect(maskName('Erika Muster-Mann')).toBe('E. M. M.');
  expect(maskName('my name is Erika Muster and I am ill')).toBe('m. n. i. E.');
});

test('words of a protocol are told, sentences and numbers are not', () => {
  expect([maskWord('agent_hangup'), maskWord('ill since May'), maskWord('+491701234567')]).toEqual([
    'agent_hangup',
    '13 characters',
    '13 characters',
  ]);
});

test('fields are told by what their names promise, and everything else by its length', () => {
  const told = maskFields(
    {
      date: '2026-11-24',
      from: '14:00',
      start: '2026-11-24T14:00:00+01:00',
      when: 'tomorrow at three',
      birth_date: '1979-04-02',
      notes: '1979-04-02',
      reason: 'pregnant',
      part_of_day: 'morning',
      customer_name: 'Erika Muster',
      customer_phone: '+491701234567',
      contactEmail: 'info@erika-muster.de',
      card: 4_111_111_111_111_111,
      'call me on 0170 1234567': true,
      metadata: { email: 'info@erika-muster.de' },
      urls: ['https://example.org/?name=Erika'],
      url: 'https://example.org/?name=Erika',
    },
    ['part_of_day'],
  );
  expect(told).toEqual({
    date: '2026-11-24',
    from: '14:00',
    start: '2026-11-24T14:00:00+01:00',
    when: '17 characters',
    birth_date: '10 characters',
    notes: '10 characters',
    reason: '8 characters',
    part_of_day: 'morning',
    customer_name: 'E. M.',
    customer_phone: '…67',
    contactEmail: 'i…@….de',
    card: '…11',
    '23 characters': true,
    metadata: 'an object',
    urls: '1 values',
    url: '31 characters',
  });
});
