import { describe, expect, it } from 'vitest';
import type { Account, CustomerTaxId } from '../../shared/domain/account.ts';
import { decideExemption, recordEvidence, requestExemption, taxIdToValidate } from '../../shared/domain/tax/changes.ts';
import { appliesOn, type TaxExemption } from '../../shared/domain/tax/exemption.ts';
import { account } from '../support/accounts.ts';

const asked = { exemptionId: 'cert-1', jurisdiction: 'US-NY', number: 'ST-119-4711', validFrom: '2026-01-01' };
const by = { at: '2026-01-15T12:00:00.000Z', by: 'owner' };
const pending: TaxExemption = { ...asked, status: 'pending', requestedAt: by.at, requestedBy: 'owner' };
const having = (...exemptions: TaxExemption[]): Account => account('US-NY', 'USD', { exemptions });
const refused = (code: string, field: string, message: string) => expect.objectContaining({ code, field, message });

describe('R136, R137, C28: a certificate is requested, looked at, and decided on once', () => {
  it('a request is pending, with who asked when', () => {
    const next = requestExemption(account('US-NY', 'USD'), asked, by);
    expect(next).toEqual({ ...account('US-NY', 'USD'), exemptions: [pending], version: 2 });
    expect(appliesOn(pending, '2026-12-01')).toBe(false);
  });

  it('keeps the dates and products that stand on it', () => {
    const more = { ...asked, validTo: '2026-12-31', taxCodes: ['telecom'] as const };
    expect(requestExemption(having(), more, by).exemptions).toEqual([
      { ...pending, validTo: '2026-12-31', taxCodes: ['telecom'] },
    ]);
  });

  it('a second request with the same id is refused, another certificate stands beside it', () => {
    expect(() => requestExemption(having(pending), asked, by)).toThrow(
      refused('exemption_exists', 'exemptionId', 'The account has a certificate with this id already (cert-1).'),
    );
    const other = requestExemption(having(pending), { ...asked, exemptionId: 'cert-2' }, by);
    expect(other.exemptions?.map(({ exemptionId }) => exemptionId)).toEqual(['cert-1', 'cert-2']);
  });

  it('an account keeps twenty', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...pending, exemptionId: `old-${index}` }));
    expect(requestExemption(having(...many(19)), asked, by).exemptions).toHaveLength(20);
    expect(() => requestExemption(having(...many(20)), asked, by)).toThrow(
      refused('exemption_limit', 'exemptionId', 'An account keeps at most twenty certificates.'),
    );
  });

  it('in review nothing is decided yet; approved, it has its day and its person', () => {
    const decided = { by: 'stan', on: '2026-02-10' };
    const other = { ...pending, exemptionId: 'cert-2' };
    const review = decideExemption(having(other, pending), 'cert-1', { ...decided, status: 'in-review' });
    expect(review).toMatchObject({ version: 2, exemptions: [other, { ...pending, status: 'in-review' }] });
    expect(review.exemptions?.[1]).not.toHaveProperty('decidedOn');
    const approved = decideExemption(review, 'cert-1', { ...decided, status: 'approved' });
    expect(approved.exemptions).toEqual([
      other,
      { ...pending, status: 'approved', decidedOn: '2026-02-10', decidedBy: 'stan' },
    ]);
  });

  it('rejected, it says why', () => {
    const decision = { status: 'rejected', reason: 'Not signed', by: 'stan', on: '2026-02-10' } as const;
    const [rejected] = decideExemption(having({ ...pending, status: 'in-review' }), 'cert-1', decision).exemptions!;
    expect(rejected).toMatchObject({ status: 'rejected', reason: 'Not signed', decidedBy: 'stan' });
  });

  it('what is decided stays so, and what does not exist is not decided', () => {
    const approve = { status: 'approved', by: 'stan', on: '2026-02-10' } as const;
    expect(() => decideExemption(having(pending), 'cert-1', approve)).toThrow(
      refused(
        'exemption_decided',
        'status',
        'The certificate is not in a state from which it can come to this one (pending, not approved).',
      ),
    );
    const unknown = refused('exemption_not_found', 'exemptionId', 'The account has no such certificate (cert-9).');
    expect(() => decideExemption(having(pending), 'cert-9', approve)).toThrow(unknown);
    expect(() => decideExemption(account('US-NY', 'USD'), 'cert-9', approve)).toThrow(unknown);
  });

  it.each([
    ['approved without a day of decision', { decidedOn: undefined }, '2026-12-01', false],
    ['on the day of approval', {}, '2026-02-10', true],
    ['on the first day of its own', { validFrom: '2026-03-01' }, '2026-03-01', true],
    ['before it', { validFrom: '2026-03-01' }, '2026-02-28', false],
    ['on its last day', { validTo: '2026-03-01' }, '2026-03-01', true],
    ['after it', { validTo: '2026-03-01' }, '2026-03-02', false],
  ] as [string, { validFrom?: string; validTo?: string; decidedOn?: undefined }, string, boolean][])(
    'C28: %s',
    (_name, terms, date, applies) => {
      const { decidedOn = 'decidedOn' in terms ? undefined : '2026-02-10', ...dates } = terms;
      const certificate = { ...pending, status: 'approved' as const, ...dates };
      expect(appliesOn(decidedOn === undefined ? certificate : { ...certificate, decidedOn }, date)).toBe(applies);
    },
  );
});

describe('R138, C14: a VAT ID is asked about by its value, whatever its spaces', () => {
  const german: CustomerTaxId = { kind: 'eu-vat', label: 'USt-IdNr.', value: 'DE 999.000-009' };
  const british: CustomerTaxId = { kind: 'gb-vat', label: 'VAT', value: 'GB999000009' };
  const of = account('DE', 'EUR', { taxIds: [british, german] });

  it('is found, or refused with its field', () => {
    expect(taxIdToValidate(of, 'de999000009')).toBe(german);
    expect(() => taxIdToValidate(of, 'DE1')).toThrow(
      refused('tax_id_not_found', 'value', 'The account has no such tax ID (DE1).'),
    );
    expect(() => taxIdToValidate(of, 'GB999000009')).toThrow(
      refused('tax_id_without_authority', 'value', 'Only VAT IDs of the EU can be asked about (gb-vat).'),
    );
  });

  it('the answer is put beside that ID alone', () => {
    const answer = { authority: 'VIES', valid: true, on: '2026-02-01', at: '2026-02-01T09:00:00.000Z' };
    expect(recordEvidence(of, german, answer)).toEqual({
      ...of,
      taxIds: [british, { ...german, evidence: [answer] }],
      version: 2,
    });
  });
});
