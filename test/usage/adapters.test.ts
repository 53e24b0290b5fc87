import { describe, expect, it } from 'vitest';
import { ASTERISK, adaptOne, asteriskRow, CALL, freeswitchRow, MESSAGE } from './support.ts';

const json = (value: object): string => JSON.stringify(value);
const call = {
  kind: 'call',
  caller: '+16175550100',
  called: '+12125550199',
  startedAt: '2026-11-03T09:15:00.000Z',
  answeredAt: '2026-11-03T09:15:10.000Z',
  endedAt: '2026-11-03T09:17:11.000Z',
  durationSeconds: 131,
  billableSeconds: 121,
  disposition: 'answered',
};

describe('the same call, as three switches write it, is the same record', () => {
  it.each([
    ['asterisk', asteriskRow(), '1762161300.1'],
    ['freeswitch', freeswitchRow(), '0e4b9a0c-0000-4000-8000-000000000001'],
    ['records', json(CALL), 'call-1'],
  ] as const)('%s', (format, raw, recordId) => {
    expect(adaptOne(format, raw)).toEqual({ kind: 'record', record: { ...call, recordId } });
  });

  it('and says whose it is and which way it went, where the switch does', () => {
    expect(adaptOne('asterisk', asteriskRow({ accountcode: 'acme' }))).toMatchObject({
      record: { accountCode: 'acme' },
    });
    expect(adaptOne('freeswitch', freeswitchRow({ accountcode: 'acme' }))).toMatchObject({
      record: { accountCode: 'acme' },
    });
    expect(adaptOne('records', json({ ...CALL, account: 'acme', direction: 'inbound' }))).toMatchObject({
      record: { accountCode: 'acme', direction: 'inbound' },
    });
  });
});

describe('times without a zone', () => {
  it.each([
    ['UTC', '2026-07-01 12:00:00', '2026-07-01T12:00:00.000Z'],
    ['America/New_York', '2026-07-01 12:00:00', '2026-07-01T16:00:00.000Z'],
    ['America/New_York', '2026-11-15 12:00:00', '2026-11-15T17:00:00.000Z'],
    // 01:30 comes twice: the first is taken. 02:30 does not come at all.
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T05:30:00.000Z'],
    ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T07:30:00.000Z'],
    ['Australia/Sydney', '2026-01-01 00:00:01', '2025-12-31T13:00:01.000Z'],
  ])('of a switch in %s: %s is %s', (zone, written, instant) => {
    const adapted = adaptOne('asterisk', asteriskRow({ answer: written }), 'US', zone);
    expect(adapted).toMatchObject({ record: { answeredAt: instant } });
  });

  it.each(['2026-02-31 10:00:00', '03/11/2026 09:15', '2026-11-03T09:15:00Z', 'yesterday'])('%s is none', (written) => {
    expect(adaptOne('asterisk', asteriskRow({ answer: written }))).toMatchObject({
      kind: 'fault',
      fault: { code: 'field_malformed', field: 'answer' },
      recordId: '1762161300.1',
    });
  });
});

describe('numbers become E.164', () => {
  it.each([
    ['US', '+12125550199', '+12125550199'],
    ['US', '2125550199', '+12125550199'],
    ['US', '12125550199', '+12125550199'],
    ['US', '(212) 555-0199', '+12125550199'],
    ['US', '011442079460123', '+442079460123'],
    ['US', '00442079460123', '+442079460123'],
    ['US', '17875550199', '+17875550199'],
    ['GB', '02079460123', '+442079460123'],
    ['GB', '0012125550199', '+12125550199'],
    ['IE', '015550123', '+35315550123'],
    ['DE', '030 23125 123', '+493023125123'],
    ['AU', '0011442079460123', '+442079460123'],
    ['AU', '0299997777', '+61299997777'],
    // What is short stays as it was dialled: an extension, an emergency call.
    ['US', '102', '102'],
    ['US', '911', '911'],
  ])('in %s %s is %s', (country, written, number) => {
    expect(adaptOne('asterisk', asteriskRow({ dst: written }), country)).toMatchObject({ record: { called: number } });
  });

  it.each(['+1212555019', '+1234567890123456', '+0123456789', 'sip:ann@pbx.example', '5550199', '12+3'])(
    'malformed E.164: %s is refused by field and reason',
    (written) => {
      expect(adaptOne('asterisk', asteriskRow({ dst: written }))).toEqual({
        kind: 'fault',
        fault: { code: 'number_malformed', field: 'dst', reason: `"${written}" is not a telephone number` },
        recordId: '1762161300.1',
      });
    },
  );

  it.each(['', 'anonymous', 'Restricted'])('a caller that withholds the number (%j) is anonymous', (written) => {
    expect(adaptOne('freeswitch', freeswitchRow({ caller_id_number: written }))).toMatchObject({
      record: { caller: 'anonymous' },
    });
  });
});

describe('what is nothing to bill', () => {
  it.each([
    ['asterisk', asteriskRow({ disposition: 'NO ANSWER', answer: '', billsec: '0' })],
    ['asterisk', asteriskRow({ disposition: 'BUSY', answer: '', billsec: '0', dst: 's' })],
    ['asterisk', asteriskRow({ dst: '*97' })],
    ['freeswitch', freeswitchRow({ answer_stamp: '', billsec: '0', hangup_cause: 'ORIGINATOR_CANCEL' })],
    ['records', json({ ...CALL, answer: undefined })],
  ] as const)('%s: %s', (format, raw) => expect(adaptOne(format, raw)).toEqual({ kind: 'not-billable' }));

  it('but a call with billed seconds is never one of them, whatever its disposition says', () => {
    const adapted = adaptOne('asterisk', asteriskRow({ disposition: 'FAILED', answer: '' }));
    expect(adapted).toMatchObject({ kind: 'record', record: { billableSeconds: 121, disposition: 'answered' } });
    expect(adapted).not.toHaveProperty('record.answeredAt');
  });

  it('a heading is no record', () => {
    expect(adaptOne('asterisk', Object.keys(ASTERISK).join())).toEqual({ kind: 'heading' });
  });
});

describe('what cannot be read is named by field and reason', () => {
  it.each([
    [
      'asterisk',
      asteriskRow({ billsec: 'two' }),
      'field_malformed',
      'billsec',
      '"two" is not a whole number of seconds',
    ],
    [
      'asterisk',
      asteriskRow({ duration: '1.5' }),
      'field_malformed',
      'duration',
      '"1.5" is not a whole number of seconds',
    ],
    [
      'asterisk',
      asteriskRow({ uniqueid: '' }),
      'field_malformed',
      'uniqueid',
      'is empty or longer than 128 characters',
    ],
    ['asterisk', '"a","b"', 'unreadable', '', 'has 2 columns instead of 18'],
    ['freeswitch', asteriskRow(), 'unreadable', '', 'has 18 columns instead of 15'],
    ['records', '{"type":', 'unreadable', '', 'is not valid JSON'],
    ['records', json({ ...CALL, to: undefined }), 'field_malformed', 'to', /undefined/],
    ['records', json({ ...CALL, form: '1' }), 'field_malformed', 'form', 'is not a known field'],
    ['records', json({ ...CALL, answer: '2026-11-03 09:15' }), 'field_malformed', 'answer', /must be a time/],
    ['records', json({ ...MESSAGE, segments: undefined }), 'field_malformed', 'segments', /is missing/],
  ] as const)('%s %s', (format, raw, code, field, reason) => {
    const adapted = adaptOne(format, raw);
    expect(adapted).toMatchObject({ kind: 'fault', fault: { code, field } });
    expect(adapted.kind === 'fault' && adapted.fault.reason).toMatch(reason);
  });
});

describe('messages', () => {
  it.each([
    ['the segments that the message centre counted', { segments: 3 }, 3],
    ['or else those of the text (R110)', { segments: undefined, text: 'x'.repeat(161) }, 2],
    ['35 emoji are one, 36 are two', { segments: undefined, text: '😀'.repeat(36) }, 2],
  ])('count %s', (_what, changes, segments) => {
    const adapted = adaptOne('records', json({ ...MESSAGE, ...changes }));
    expect(adapted).toEqual({
      kind: 'record',
      record: {
        kind: 'message',
        recordId: 'message-1',
        from: '+16175550100',
        to: '+12125550199',
        at: '2026-11-03T09:15:00.000Z',
        media: false,
        segments,
      },
    });
  });

  it('may come from a name', () => {
    expect(adaptOne('records', json({ ...MESSAGE, from: 'Harbor Bank' }))).toMatchObject({
      record: { from: 'Harbor Bank' },
    });
  });
});
