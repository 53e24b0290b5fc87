import { describe, expect, it } from 'vitest';
import { EXCEPTIONS } from '../../../shared/domain/usage/exceptions.ts';
import { recordProblem } from '../../../shared/domain/usage/validate-record.ts';
import { call, message } from '../../support/usage.ts';

const NOW = '2026-12-01T00:00:00.000Z';
const check = (record: Parameters<typeof recordProblem>[0], country = 'US') => {
  const found = recordProblem(record, NOW, country);
  expect(found).not.toBeNull();
  return found === undefined ? 'plausible' : `${found.code} ${found.field}`;
};
const at = (time: string) => `2026-11-10T${time}Z`;

describe('implausible calls become exceptions that name the field', () => {
  it.each([
    ['an ordinary call', {}, 'plausible'],
    ['no id', { recordId: '' }, 'id_missing recordId'],
    ['a blank id', { recordId: ' ' }, 'id_missing recordId'],
    ['answered without a time', { answeredAt: undefined }, 'answer_missing answeredAt'],
    ['a local time', { answeredAt: '2026-11-10T12:00:10+01:00' }, 'time_malformed answeredAt'],
    ['a time without milliseconds', { startedAt: '2026-11-10T12:00:00Z' }, 'time_malformed startedAt'],
    ['an empty time', { endedAt: '' }, 'time_malformed endedAt'],
    ['a day that does not exist', { endedAt: '2026-11-31T12:00:00.000Z' }, 'time_malformed endedAt'],
    ['answered as it started', { answeredAt: at('12:00:00.000') }, 'plausible'],
    ['answered before it started', { answeredAt: at('11:59:59.999') }, 'answer_before_start answeredAt'],
    ['ended as it was answered', { endedAt: at('12:00:10.000') }, 'plausible'],
    ['ended before it was answered', { endedAt: at('12:00:09.999') }, 'end_before_answer endedAt'],
    ['ended in five minutes', { endedAt: '2026-12-01T00:05:00.000Z' }, 'plausible'],
    ['ended after that', { endedAt: '2026-12-01T00:05:00.001Z' }, 'in_future endedAt'],
    ['started in the future', { startedAt: '2027-01-01T00:00:00.000Z' }, 'in_future startedAt'],
    ['answered in the future', { answeredAt: '2026-12-01T00:05:00.001Z' }, 'in_future answeredAt'],
    ['a negative duration', { durationSeconds: -1 }, 'duration_malformed durationSeconds'],
    ['negative billable seconds', { billableSeconds: -1 }, 'duration_malformed billableSeconds'],
    ['a fraction of a second', { billableSeconds: 1.5 }, 'duration_malformed billableSeconds'],
    ['no number', { durationSeconds: Number.NaN }, 'duration_malformed durationSeconds'],
    ['a day', { durationSeconds: 86_400, billableSeconds: 86_400 }, 'plausible'],
    ['more than a day', { durationSeconds: 86_401 }, 'duration_absurd durationSeconds'],
    ['connected as long as it lasted', { billableSeconds: 71 }, 'plausible'],
    ['connected for longer', { billableSeconds: 72 }, 'billable_exceeds_duration billableSeconds'],
    ['connected for more than a day', { billableSeconds: 86_401 }, 'duration_absurd billableSeconds'],
  ])('%s', (_, change, expected) => {
    const { answeredAt, ...rest } = { ...call(), ...change };
    expect(check(answeredAt === undefined ? rest : { ...rest, answeredAt })).toBe(expected);
  });

  it.each([
    ['15 digits', '+491234567890123', 'plausible'],
    ['16 digits', '+4912345678901234', 'number_malformed called'],
    ['5 digits', '+49115', 'plausible'],
    ['4 digits', '+4911', 'number_malformed called'],
    ['a leading 0', '+0491234567', 'number_malformed called'],
    ['letters', '+1800FLOWERS', 'number_malformed called'],
    ['blanks', '+49 30 555012', 'number_malformed called'],
    ['text behind a line break', '+4930555012\nx', 'number_malformed called'],
    ['nothing', '', 'number_malformed called'],
    ['R132: +1 800 289 406, which is Australian', '+1800289406', 'number_malformed called'],
    ['11 digits after +1', '+121255501234', 'number_malformed called'],
    ['an area code with 1', '+11255501234', 'number_malformed called'],
    ['an exchange with 1', '+12121550123', 'number_malformed called'],
    ['the international prefix instead of +', '01149305550123', 'number_not_international called'],
    ['a service number', '411', 'number_not_international called'],
    ['an emergency', '911', 'plausible'],
    ['an emergency of another country', '000', 'number_not_international called'],
    ['16 digits without +', '1234567890123456', 'number_malformed called'],
  ])('dialled: %s', (_, called, expected) => {
    expect(check(call({ called }))).toBe(expected);
  });

  it.each([
    ['an extension calls an extension', { direction: 'internal', caller: '101', called: '102' }, 'plausible'],
    ['an extension with a letter', { direction: 'internal', caller: '101', called: '10a' }, 'number_malformed called'],
    ['an extension calls out', { caller: '101' }, 'plausible'],
    ['our number is malformed', { caller: 'anonymous' }, 'number_malformed caller'],
    ['a caller from outside withholds the number', { direction: 'inbound', caller: 'anonymous' }, 'plausible'],
    ['a call from outside reaches 911', { direction: 'inbound', called: '911' }, 'number_not_international called'],
    ['a call from outside reaches 101', { direction: 'inbound', called: '101' }, 'number_not_international called'],
  ] as const)('%s', (_, change, expected) => {
    expect(check(call(change))).toBe(expected);
  });

  it('emergency numbers are those of the billing country', () => {
    expect(check(call({ called: '000' }), 'AU')).toBe('plausible');
  });

  it.each([
    [0, 'plausible'],
    [1, 'billable_unanswered disposition'],
  ])('a call that nobody answered was connected for %i s', (billableSeconds, expected) => {
    expect(check(call({ disposition: 'unanswered', billableSeconds }))).toBe(expected);
  });

  it('a call that nobody answered needs no more than its id', () => {
    const dialled = {
      disposition: 'unanswered',
      called: '*#06#',
      startedAt: '?',
      durationSeconds: -5,
      billableSeconds: 0,
    } as const;
    expect(check(call(dialled))).toBe('plausible');
    expect(check(call({ ...dialled, recordId: '' }))).toBe('id_missing recordId');
  });
});

describe('implausible messages become exceptions that name the field', () => {
  it.each([
    ['an ordinary message', {}, 'plausible'],
    ['no id', { recordId: '' }, 'id_missing recordId'],
    ['no time', { at: '' }, 'time_malformed at'],
    ['in five minutes', { at: '2026-12-01T00:05:00.000Z' }, 'plausible'],
    ['after that', { at: '2026-12-01T00:05:00.001Z' }, 'in_future at'],
    ['no segment', { segments: 0 }, 'segments_malformed segments'],
    ['half a segment', { segments: 1.5 }, 'segments_malformed segments'],
    ['255 segments', { segments: 255 }, 'plausible'],
    ['256 segments', { segments: 256 }, 'segments_malformed segments'],
    ['to a short code of 3 digits', { to: '123' }, 'plausible'],
    ['to a short code of 8 digits', { to: '12345678' }, 'plausible'],
    ['to 2 digits', { to: '12' }, 'number_malformed to'],
    ['to 9 digits without +', { to: '123456789' }, 'number_malformed to'],
    ['to a name', { to: 'BANK' }, 'number_malformed to'],
    ['our number is a name', { from: 'BANK' }, 'number_malformed from'],
    ['from a name', { direction: 'inbound', from: 'BANK' }, 'plausible'],
  ] as const)('%s', (_, change, expected) => {
    expect(check(message(change))).toBe(expected);
  });
});

it('a reason is the sentence of its code with the value in question', () => {
  expect(recordProblem(call({ billableSeconds: 72 }), NOW, 'US')).toEqual({
    code: 'billable_exceeds_duration',
    field: 'billableSeconds',
    reason: 'The call was connected for longer than it lasted (72 s of 71 s).',
  });
  expect(recordProblem(call({ called: '+1800289406' }), NOW, 'US')?.reason).toContain('("+1800289406")');
  expect(Object.values(EXCEPTIONS).every((sentence) => /^[A-Z].*[^.]$/u.test(sentence))).toBe(true);
});

it.each([
  [call({ recordId: ' ' }), 'The record has no id, so it could be counted twice (empty).'],
  [
    call({ disposition: 'unanswered', billableSeconds: 7 }),
    'The call is said to be unanswered and yet was connected (7 s).',
  ],
  [
    call({ answeredAt: at('11:59:59.999') }),
    'The call was answered before it was made (2026-11-10T11:59:59.999Z, started 2026-11-10T12:00:00.000Z).',
  ],
  [
    call({ endedAt: at('12:00:09.999') }),
    'The call ended before it was answered (2026-11-10T12:00:09.999Z, answered 2026-11-10T12:00:10.000Z).',
  ],
  [call({ endedAt: 'yesterday' }), 'A time is not an instant in UTC such as 2026-12-01T05:00:00.000Z ("yesterday").'],
  [
    message({ at: '2027-01-01T00:00:00.000Z' }),
    'A time lies in the future: the clock of the switch or its time zone is wrong (2027-01-01T00:00:00.000Z, now 2026-12-01T00:00:00.000Z).',
  ],
  [call({ billableSeconds: -3 }), 'A duration is not a whole number of seconds from 0 (-3).'],
  [
    call({ durationSeconds: 86_401 }),
    'A duration is longer than a day, as when a switch missed the end of a call (86401 s).',
  ],
  [call({ called: '411' }), 'The number must be E.164 with + and country code, or the rate cannot be found (411).'],
  [message({ segments: 256 }), 'The number of segments is not a whole number from 1 to 255 (256).'],
] as const)('%# says what is wrong, with the value: %j', (record, reason) => {
  expect(recordProblem(record, NOW, 'US')?.reason).toBe(reason);
});

it('an answered call without a time says so', () => {
  const { answeredAt: _, ...rest } = call();
  expect(recordProblem(rest, NOW, 'US')?.reason).toBe('The call was answered but does not say when (absent).');
});
