import { describe, expect, it } from 'vitest';
import type { CustomerTaxId } from '../../shared/domain/account.ts';
import { keepingEvidence, type TaxIdEvidence, validVatId, withEvidence } from '../../shared/domain/tax/tax-id.ts';

describe('evidence of a VAT ID (C14)', () => {
  const answer = (on: string, valid = true, overrides: Partial<TaxIdEvidence> = {}): TaxIdEvidence => ({
    authority: 'VIES',
    valid,
    on,
    at: `${on}T09:00:00.000Z`,
    ...overrides,
  });
  const id = (overrides: Partial<CustomerTaxId> = {}): CustomerTaxId => ({
    kind: 'eu-vat',
    label: 'USt-IdNr.',
    value: 'DE 999.000-009',
    ...overrides,
  });

  it('the account file’s own statement counts from its day, until an answer comes on the same day or later', () => {
    const stated = { validatedOn: '2026-03-01' };
    const on = (date: string, ...evidence: TaxIdEvidence[]) =>
      validVatId([id({ ...stated, evidence })], 'DE', date)?.answer.authority;
    expect(on('2026-02-28')).toBeUndefined();
    expect(on('2026-03-01')).toBe('Account file');
    expect(on('2026-03-01', answer('2026-03-01'))).toBe('VIES');
    expect(on('2026-03-01', answer('2026-02-01'))).toBe('Account file');
    expect(on('2026-03-01', answer('2026-03-01', false))).toBeUndefined();
    expect(on('2026-03-01', answer('2026-03-02', false))).toBe('Account file');
    expect(validVatId([id(stated)], 'DE', '2026-12-01')).toEqual({
      value: 'DE999000009',
      answer: { authority: 'Account file', valid: true, on: '2026-03-01' },
    });
  });

  it('of two answers of one day the later one counts, of several days the last', () => {
    const last = (...evidence: TaxIdEvidence[]) => validVatId([id({ evidence })], 'DE', '2026-12-01')?.answer.reference;
    const named = (on: string, reference: string) => answer(on, true, { reference });
    expect(last(named('2026-03-01', 'a'), named('2026-03-01', 'b'))).toBe('b');
    expect(last(named('2026-05-01', 'a'), named('2026-03-01', 'b'))).toBe('a');
    expect(last()).toBeUndefined();
  });

  it('the first ID of the country that is valid counts, whatever stands before it', () => {
    const ids = [
      id({ kind: 'other', evidence: [answer('2026-03-01')] }),
      id({ value: 'FR00990000135', evidence: [answer('2026-03-01')] }),
      id({ evidence: [answer('2026-03-01', false)] }),
      id({ value: 'DE999000010', evidence: [answer('2026-03-01')] }),
    ];
    expect(validVatId(ids, 'DE', '2026-12-01')?.value).toBe('DE999000010');
    expect(validVatId([], 'DE', '2026-12-01')).toBeUndefined();
  });

  it('an account keeps the last twenty answers about an ID', () => {
    const all = Array.from({ length: 25 }, (_, index) => answer(`2026-03-${String(index + 1).padStart(2, '0')}`));
    const kept = all.reduce<readonly TaxIdEvidence[]>((known, each) => withEvidence(known, each), []);
    expect(kept).toEqual(all.slice(5));
    expect(withEvidence(undefined, all[0]!)).toEqual([all[0]]);
  });

  it('an ID that is written again keeps its answers by kind and value; any other one has none', () => {
    const evidence = [answer('2026-03-01')];
    const known = [id({ evidence })];
    expect(keepingEvidence(known, [id({ value: 'de999000009', label: 'VAT' })])).toEqual([
      { ...id({ value: 'de999000009', label: 'VAT' }), evidence },
    ]);
    expect(keepingEvidence(known, [id({ kind: 'other' }), id({ value: 'DE1' })])).toEqual([
      id({ kind: 'other' }),
      id({ value: 'DE1' }),
    ]);
    expect(keepingEvidence([id()], [id()])[0]).not.toHaveProperty('evidence');
  });
});
