import { describe, expect, it } from 'vitest';
import { ingestWorld, SELLER } from '../support/ingest.ts';
import { asteriskRow, CALL } from '../usage/support.ts';

const world = ingestWorld();
const OWN = '+16175550100';
const row = (changes: Parameters<typeof asteriskRow>[0] = {}) =>
  asteriskRow({ accountcode: 'acme', src: OWN, ...changes });

describe('each named case is an exception with line, field and reason, and nothing of it is counted', () => {
  it('as the table says', async () => {
    await world.customer('acme', [OWN]);
    await world.customer('shared-a', ['+16175550111']);
    await world.customer('shared-b', ['+16175550111']);
    await world.customer('pounds', ['+16175550122'], { currency: 'GBP' });
    await world.customer('nowhere', ['+16175550133'], { billingAddress: undefined as never });
    const cases: [string, string, string, string, RegExp][] = [
      ['negative duration', row({ duration: '-5' }), 'duration_malformed', 'duration', /-5/],
      ['negative billed time', row({ billsec: '-1' }), 'duration_malformed', 'billsec', /-1/],
      [
        'absurd duration',
        row({ duration: '90000', billsec: '90000' }),
        'duration_absurd',
        'duration',
        /longer than a day/,
      ],
      [
        'billed longer than it lasted',
        row({ duration: '10' }),
        'billable_exceeds_duration',
        'billsec',
        /121 s of 10 s/,
      ],
      ['end before answer', row({ end: '2026-11-03 09:15:05' }), 'end_before_answer', 'end', /ended before/],
      [
        'answer before start',
        row({ answer: '2026-11-03 09:14:00' }),
        'answer_before_start',
        'answer',
        /before it was made/,
      ],
      [
        'future call',
        row({ start: '2026-11-23 09:15:00', answer: '2026-11-23 09:15:10', end: '2026-11-23 09:17:11' }),
        'in_future',
        'start',
        /future/,
      ],
      ['answered without a time', row({ answer: '' }), 'answer_missing', 'answer', /does not say when/],
      ['unknown number', asteriskRow({ src: '+16175550199' }), 'unknown_number', '', /\+16175550199/],
      [
        'unknown account code',
        asteriskRow({ accountcode: 'nobody', src: '+16175550199' }),
        'unknown_number',
        '',
        /"nobody" is no account/,
      ],
      ['ambiguous owner', asteriskRow({ src: '+16175550111' }), 'ambiguous_owner', '', /shared-a and shared-b/],
      ['malformed E.164', row({ dst: '+1212555' }), 'number_malformed', 'dst', /not a telephone number/],
      ['a destination without a rate', row({ dst: '+81355550123' }), 'no_rate', 'dst', /international/],
      ['a network service', row({ dst: '411' }), 'number_not_international', 'dst', /411/],
      ['currency mismatch', asteriskRow({ src: '+16175550122' }), 'currency_mismatch', '', /GBP/],
      ['no billing address', asteriskRow({ src: '+16175550133' }), 'billing_address_missing', '', /nowhere/],
      ['too few columns', '"acme","1"', 'unreadable', '', /2 columns/],
    ];
    const text = cases.map(([, raw], index) => raw.replace('1762161300.1', `case-${index}`)).join('\n');
    const key = `usage/asterisk/${SELLER}/cases.csv`;
    const report = await world.ingest(key, text);
    expect(report).toMatchObject({ counted: 0, exceptions: { total: cases.length }, complete: true });
    for (const [index, [what, , code, field, reason]] of cases.entries()) {
      const found = report.exceptions.lines.find(({ line }) => line === index + 1)!;
      expect([what, found.code, found.reason]).toEqual([what, code, expect.stringMatching(reason)]);
      if (code !== 'currency_mismatch') expect([what, found.field]).toEqual([what, field]);
    }
    for (const accountId of ['acme', 'shared-a', 'shared-b', 'pounds', 'nowhere'])
      expect(await world.counted(accountId)).toEqual([]);
    const open = await world.open();
    expect(open.map(({ raw }) => raw).sort()).toEqual(text.split('\n').sort());
    expect(open.every((each) => each.file === key && each.status === 'open')).toBe(true);
  });

  it('duplicate ids with different content: the first is counted, the other waits', async () => {
    const first = row({ uniqueid: 'same' });
    const report = await world.ingest(
      `usage/asterisk/${SELLER}/same.csv`,
      [first, row({ uniqueid: 'same', billsec: '100' })].join('\n'),
    );
    expect(report).toMatchObject({
      counted: 1,
      exceptions: { lines: [{ line: 2, code: 'duplicate_with_other_content' }] },
    });
    expect((await world.counted('acme')).filter(({ recordId }) => recordId === 'same')).toMatchObject([
      { quantity: 180 },
    ]);
  });

  it('the same exception in another file, or in the same one again, is listed once', async () => {
    const raw = asteriskRow({ src: '+16175550198', uniqueid: 'again' });
    for (const name of ['a.csv', 'b.csv', 'a.csv']) await world.ingest(`usage/asterisk/${SELLER}/${name}`, raw);
    expect((await world.open()).filter(({ recordId }) => recordId === 'again')).toHaveLength(1);
  });
});

describe('replaying', () => {
  const find = async (recordId: string) => (await world.open()).find((each) => each.recordId === recordId);

  it('counts what can be counted now, once its cause is mended, and closes it', async () => {
    const number = '+16175550177';
    const raws = ['r-1', 'r-2'].map((uniqueid) => asteriskRow({ src: number, uniqueid }));
    await world.ingest(`usage/asterisk/${SELLER}/unknown.csv`, raws.join('\n'));
    const waiting = (await find('r-1'))!;
    await world.customer('found-later', [number]);
    await world.replay('unknown_number');
    expect((await world.counted('found-later')).map(({ recordId }) => recordId).sort()).toEqual(['r-1', 'r-2']);
    expect(await find('r-1')).toBeUndefined();
    const { sellerId, exceptionId } = waiting;
    expect(await world.store().usageException(sellerId, exceptionId)).toMatchObject({
      status: 'replayed',
      note: 'counted',
    });
    // Whoever replays twice, or drops the file again, counts nothing twice.
    await world.replay('unknown_number', exceptionId);
    await world.ingest(`usage/asterisk/${SELLER}/unknown.csv`, raws.join('\n'));
    expect(await world.counted('found-later')).toHaveLength(2);
  });

  it('keeps what still cannot be counted, with what is wrong with it now', async () => {
    const raw = asteriskRow({ src: '+16175550166', dst: '+81355550123', uniqueid: 'r-3' });
    await world.ingest(`usage/asterisk/${SELLER}/still.csv`, raw);
    const before = (await find('r-3'))!;
    expect(before.code).toBe('unknown_number');
    await world.customer('still-waiting', ['+16175550166']);
    await world.replay('unknown_number');
    expect(await find('r-3')).toMatchObject({
      code: 'no_rate',
      raw,
      firstSeenAt: before.firstSeenAt,
      triedAt: '2026-11-21T12:00:00.000Z',
    });
  });

  it('takes the record as a person corrected it', async () => {
    await world.ingest(
      `usage/records/${SELLER}/wrong.jsonl`,
      JSON.stringify({ ...CALL, id: 'r-4', from: OWN, to: 'oops' }),
    );
    const exception = (await find('r-4'))!;
    const corrected = JSON.stringify({ ...CALL, id: 'r-4', from: OWN });
    expect(
      await world
        .store()
        .changeException(exception, { ...exception, raw: corrected, triedAt: '2026-11-21T11:00:00.000Z' }),
    ).toBe('written');
    await world.replay(exception.code, exception.exceptionId);
    expect(await find('r-4')).toBeUndefined();
    expect((await world.counted('acme')).some(({ recordId }) => recordId === 'r-4')).toBe(true);
  });

  it('a record that was discarded stays so, even when its file comes again', async () => {
    const raw = asteriskRow({ src: '+16175550155', uniqueid: 'r-5' });
    await world.ingest(`usage/asterisk/${SELLER}/test-call.csv`, raw);
    const exception = (await find('r-5'))!;
    await world.store().changeException(exception, { ...exception, status: 'discarded', note: 'a test call' });
    await world.ingest(`usage/asterisk/${SELLER}/test-call.csv`, raw);
    await world.replay('unknown_number');
    expect(await find('r-5')).toBeUndefined();
    expect(await world.store().changeException(exception, exception)).toBe('stale');
  });
});
