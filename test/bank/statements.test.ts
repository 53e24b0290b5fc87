import { describe, expect, it } from 'vitest';
import { readCamt053 } from '../../shared/bank/camt053.ts';
import { readCsvStatement } from '../../shared/bank/csv-statement.ts';
import { minorUnits } from '../../shared/bank/statement.ts';

const HEAD = 'value_date;amount;currency;reference;payer';
const csv = (...lines: readonly string[]) => readCsvStatement([HEAD, ...lines].join('\n'));

const entry = (amount: string, reference: string, more = '') => `
  <Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <ValDt><Dt>2026-12-03</Dt></ValDt>${more}
    <NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Acme &amp; Sons</Nm></Pty></Dbtr></RltdPties>
      <RmtInf><Ustrd>${reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
const camt = (...entries: readonly string[]) =>
  readCamt053(`<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <Stmt><Acct><Id><IBAN>IE00EXAMPLE</IBAN></Id></Acct>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`);

describe('a bank statement in CSV', () => {
  it('gives what came in, with line, date, cents and payer', () => {
    const { entries, skipped, faults } = csv('2026-12-03;1234,5;EUR;NTIE 1;Acme', '2026-12-03;-10.00;EUR;Fees;');
    expect(entries).toMatchObject([
      {
        place: 'line 2',
        valueDate: '2026-12-03',
        amount: 123_450,
        currency: 'EUR',
        reference: 'NTIE 1',
        payer: 'Acme',
      },
    ]);
    expect([skipped, faults]).toEqual([[{ place: 'line 3', reason: 'is no incoming payment' }], []]);
  });

  it.each([
    ['a date that is none', '2026-02-30;1.00;EUR;x;', 'value_date'],
    ['grouped thousands', '2026-12-03;1.234,56;EUR;x;', 'amount'],
    ['an unknown currency', '2026-12-03;1.00;XYZ;x;', 'currency'],
    [
      'half a yen',
      '2026-12-03;1234.50;JPY;x;',
      'amount "1234.50" is no amount in JPY, which has no decimals, such as 1234',
    ],
  ])('names the line of %s and reads the others', (_what, line, field) => {
    const { entries, faults } = csv('2026-12-03;1.00;EUR;ok;', line);
    expect(entries).toHaveLength(1);
    expect(faults).toEqual([{ place: 'line 3', reason: expect.stringContaining(field) }]);
  });

  it('has yen without decimals, or with zeros for them', () => {
    const { entries, faults } = csv('2026-12-03;1234;JPY;a;', '2026-12-03;1234.00;jpy;b;');
    expect(entries.map(({ amount, currency }) => [amount, currency])).toEqual([
      [1234, 'JPY'],
      [1234, 'JPY'],
    ]);
    expect(faults).toEqual([]);
  });

  it.each([
    ['', 'file'],
    ['date,sum\n1,2', 'line 1'],
    [`${HEAD}\n"open`, 'file'],
    [`${HEAD};iban\n2026-12-03;1;EUR;x;;y`, 'line 1'],
  ])('that is none is one fault: %j', (text, place) => {
    expect(readCsvStatement(text)).toMatchObject({ entries: [], faults: [{ place }] });
  });
});

describe('a bank statement in camt.053', () => {
  it('gives booked credits with payer, reference and value date, whatever the version and prefix', () => {
    const { entries } = camt(entry('99.90', 'NTIE-202612A-000001'));
    expect(entries).toMatchObject([
      { valueDate: '2026-12-03', amount: 99_90, reference: 'NTIE-202612A-000001', payer: 'Acme & Sons' },
    ]);
    const prefixed =
      '<d:Document xmlns:d="x"><d:BkToCstmrStmt><d:Stmt><d:Ntry/></d:Stmt></d:BkToCstmrStmt></d:Document>';
    expect(readCamt053(prefixed).skipped).toHaveLength(1);
  });

  it('has yen in whole yen, and no part of one', () => {
    const yen = (amount: string) => entry(amount, 'x').replace('"EUR"', '"JPY"');
    const { entries, faults } = camt(yen('1234'), yen('1234.5'));
    expect(entries).toMatchObject([{ amount: 1234, currency: 'JPY' }]);
    expect(faults.map(({ reason }) => reason)).toEqual([
      'Amt "1234.5" is no amount in JPY, which has no decimals, such as 1234',
    ]);
  });

  it('leaves out what went out and what is pending, and says so', () => {
    const out = entry('1.00', 'x').replace('CRDT', 'DBIT');
    const pending = entry('1.00', 'x').replace('BOOK', 'PDNG');
    expect(camt(out, pending).skipped.map(({ reason }) => reason)).toEqual([
      'is no incoming payment',
      'is not booked yet (PDNG)',
    ]);
  });

  it('takes a batch apart where it tells the amounts', () => {
    const part = (amount: string) =>
      `<TxDtls><Amt Ccy="EUR">${amount}</Amt><RmtInf><Ustrd>part ${amount}</Ustrd></RmtInf></TxDtls>`;
    const batch = entry('3.00', 'x').replace(/<TxDtls>.*<\/TxDtls>/s, part('1.00') + part('2.00'));
    expect(camt(batch).entries.map(({ amount, reference }) => [amount, reference])).toEqual([
      [1_00, 'part 1.00'],
      [2_00, 'part 2.00'],
    ]);
  });

  it.each([
    ['no XML', 'hello', 'file'],
    ['broken XML', '<Document><BkToCstmrStmt>\n<Stmt></Document>', 'file line: 1'],
    ['another document', '<Document><Other/></Document>', 'file'],
    ['entities of its own', '<!DOCTYPE d [<!ENTITY a "b">]><Document>&a;</Document>', 'file line: 0'],
  ])('%s is one fault with its line', (_what, text, place) => {
    const { entries, faults } = readCamt053(text);
    expect([entries, faults.length, faults[0]?.place.startsWith(place)]).toEqual([[], 1, true]);
  });

  it.each([
    ['an amount that is none', 'abc', '1.00', 'Amt'],
    ['three decimals', '1.005', '1.00', 'Amt'],
  ])('names the entry of %s and reads the others', (_what, bad, good, field) => {
    const { entries, faults } = camt(entry(bad, 'x'), entry(good, 'y'));
    expect(entries).toHaveLength(1);
    expect(faults).toEqual([
      { place: expect.stringMatching(/^Ntry, line \d+$/), reason: expect.stringContaining(field) },
    ]);
  });
});

describe('the same entry has the same id', () => {
  it('in the same file again, and in a longer one', () => {
    const [first, second] = ['2026-12-03;5.00;EUR;a;', '2026-12-04;6.00;EUR;b;'] as const;
    const [short, long] = [csv(first).entries, csv(first, second).entries];
    expect(long[0]?.entryId).toBe(short[0]?.entryId);
    expect(long[1]?.entryId).not.toBe(long[0]?.entryId);
  });

  it('but two that are alike in one file are two payments', () => {
    const line = '2026-12-03;5.00;EUR;a;';
    const { entries } = csv(line, line);
    expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(2);
  });

  it('by the bank’s own reference, though a later file words it differently', () => {
    const own = '<AcctSvcrRef>B-1</AcctSvcrRef>';
    const [a, b] = [camt(entry('5.00', 'a', own)).entries, camt(entry('5.00', 'a, again', own)).entries];
    expect(a[0]?.entryId).toBe(b[0]?.entryId);
  });
});

it.each([
  ['0.01', 1],
  ['10', 1000],
  ['1234,5', 123_450],
  ['-7.10', -710],
  ['1.234,56', undefined],
  ['1e3', undefined],
  ['', undefined],
])('the amount %j is %s minor units', (text, expected) => {
  expect(minorUnits(text, 'EUR')).toBe(expected);
});

it.each([
  ['1234', 1234],
  ['1234.00', 1234],
  ['1234,0', 1234],
  ['-7', -7],
  ['100000000000', 100_000_000_000],
  ['1234.50', undefined],
  ['1234.01', undefined],
  ['1,234', undefined],
])('in yen, which has no decimals, the amount %j is %s yen', (text, expected) => {
  expect(minorUnits(text, 'JPY')).toBe(expected);
});
