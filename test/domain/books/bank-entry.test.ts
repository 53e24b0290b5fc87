import { describe, expect, it } from 'vitest';
import { type BankEntry, numbersIn, type OpenItem, proposalsFor } from '../../../shared/domain/books/bank-entry.ts';
import { receivable } from '../../support/books.ts';

const FIRST = 'NTUS-202612A-000001';
const SECOND = 'NTUS-202612A-000002';
const item = (due: number, payer = 'Acme Ltd', number = FIRST, currency: 'USD' | 'EUR' = 'USD'): OpenItem => ({
  receivable: receivable({ due, number, currency, accountId: payer }),
  payer,
});
/** 42.10 USD from ACME LTD. */
const entry: BankEntry = {
  ...{ entryId: 'e', place: 'line 2', valueDate: '2026-12-03', amount: 42_10, currency: 'USD' },
  ...{ reference: 'thanks', payer: 'ACME LTD.' },
};
const { payer: _nobody, ...anonymous } = entry;

describe('invoice numbers in what a payer wrote', () => {
  it.each([
    ['as printed', 'NTUS-202612A-000001', [FIRST]],
    ['small, with spaces for hyphens, among words', 'ref: ntus 202612a 000001 thanks', [FIRST]],
    ['broken by the bank in the middle of its digits', 'NTUS-2026 12A-0000 01', [FIRST]],
    ['two, one without hyphens', 'inv ntus202612a000001, NTUS-202612B-000002', [FIRST, 'NTUS-202612B-000002']],
    ['one right behind the other', 'NTUS202612A000001NTUS202612A000002', [FIRST, SECOND]],
    ['the same twice is one', `${FIRST} ${FIRST}`, [FIRST]],
    ['of another seller', 'NTUK-202612A-000001', []],
    ['of a credit note, which nobody pays', 'NTUS-CN-202612A-000001', []],
    ['a digit short', 'NTUS-202612A-00001', []],
    ['none', 'thanks', []],
  ])('%s', (_what, reference, numbers) => expect(numbersIn(reference, 'NTUS')).toEqual(numbers));
});

describe('what an entry of 42.10 may pay', () => {
  it.each<[string, BankEntry, OpenItem[], OpenItem[], [string, RegExp][]]>([
    ['an invoice that it names, of its amount', entry, [item(42_10)], [], [['high', /names NTUS-202612A-000001, and/]]],
    ['one that it names, of more', entry, [item(42_11)], [], [['medium', /NTUS-202612A-000001; the amount is less/]]],
    ['one that it names, of less', entry, [item(42_09)], [], [['medium', /the amount is more than is due/]]],
    [
      'two that it names, which together come to it',
      entry,
      [item(40_00), item(2_10, 'Acme Ltd', SECOND)],
      [],
      [
        ['high', /000001/],
        ['high', /000002/],
      ],
    ],
    [
      'two that it names, one of which comes to it alone: a person must choose',
      entry,
      [item(42_10), item(1, 'Acme Ltd', SECOND)],
      [],
      [
        ['medium', /less/],
        ['medium', /less/],
      ],
    ],
    [
      'what it names, before what has its amount',
      entry,
      [item(50_00)],
      [item(42_10, 'Acme Ltd', SECOND)],
      [['medium', /000001/]],
    ],
    [
      'its payer’s invoice of that amount, before others',
      entry,
      [],
      [item(42_10, 'Other'), item(42_10)],
      [['medium', /payer’s name/]],
    ],
    ['the only invoice of that amount', entry, [], [item(42_10, 'Other'), item(1)], [['low', /only unpaid invoice/]]],
    ['none of several of that amount', entry, [], [item(42_10, 'Other'), item(42_10, 'Another')], []],
    ['none where nothing agrees', entry, [], [item(1)], []],
    ['none in another currency, though it is named', entry, [item(42_10, 'Acme Ltd', FIRST, 'EUR')], [], []],
    ['none in another currency of its amount', entry, [], [item(42_10, 'Acme Ltd', FIRST, 'EUR')], []],
    ['of nobody’s the only one, though its account has no name', anonymous, [], [item(42_10, '')], [['low', /only/]]],
  ])('%s', (_what, paid, named, open, expected) => {
    const proposals = proposalsFor(paid, named, open);
    expect(proposals.map(({ confidence }) => confidence)).toEqual(expected.map(([confidence]) => confidence));
    for (const [index, [, reason]] of expected.entries()) expect(proposals[index]!.reason).toMatch(reason);
  });

  it.each([
    ['Société Générale S.A.', 'SOCIETE GENERALE SA'],
    ['Müller & Söhne GmbH', 'MULLER SOHNE GMBH'],
    ['3 Wharf Lane Ltd', '3WHARFLANE, LTD'],
  ])('a bank writes %s as %s', (payer, written) => {
    expect(proposalsFor({ ...entry, payer: written }, [], [item(42_10, payer), item(42_10, 'Other')])).toMatchObject([
      { item: { payer }, confidence: 'medium' },
    ]);
  });

  it('names that differ in a digit are of two payers', () => {
    const open = [item(42_10, 'Wharf 2 Ltd'), item(42_10, 'Wharf 3 Ltd')];
    const proposals = proposalsFor({ ...entry, payer: 'WHARF 3 LTD' }, [], open);
    expect(proposals.map(({ item: { payer } }) => payer)).toEqual(['Wharf 3 Ltd']);
  });
});
