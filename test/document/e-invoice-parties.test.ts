import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakdown, categoryOf } from '../../shared/document/e-invoice/breakdown.ts';
import type { ELine } from '../../shared/document/e-invoice/model.ts';
import { buyerOf, isEuropean, sellerOf, sellerTaxId, taxSchemeOf } from '../../shared/document/e-invoice/parties.ts';
import { TEXTS } from '../../shared/document/texts/by-language.ts';
import type { CustomerTaxId } from '../../shared/domain/account.ts';
import type { Invoice, TaxLine } from '../../shared/domain/invoice.ts';
import { sampleInvoice } from '../support/invoices.ts';

const INVOICE = sampleInvoice('ireland');
const SELLER = INVOICE.seller;
const texts = TEXTS.en.document;
type SellerIds = Invoice['seller']['taxIds'];
const from = (country: string, ...values: string[]) => ({
  address: { ...SELLER.address, country },
  taxIds: values.map((value) => ({ kind: 'eu-vat', label: 'VAT', value })) as unknown as SellerIds,
});

describe('the tax that a seller’s country has', () => {
  it.each([
    ['AU', 'GST', false],
    ['GB', 'VAT', true],
    ['DE', 'VAT', true],
    ['GR', 'VAT', true],
    ['US', undefined, false],
    ['CA', undefined, false],
    ['CH', undefined, false],
    ['toString', undefined, false],
  ])('in %s: %s', (country, scheme, european) => {
    expect([taxSchemeOf(country), isEuropean(country)]).toEqual([scheme, european]);
  });
});

describe('a seller’s tax ID', () => {
  it.each<[string, Pick<Invoice['seller'], 'address' | 'taxIds'>, string | undefined]>([
    ['is that of its own country, without spaces', from('IE', 'DE 999 000 009', 'ie 1234567-T'), 'IE1234567T'],
    ['of Greece begins with EL', from('GR', 'GR123456789', 'EL 123456789'), 'EL123456789'],
    ['may have signs as Irish and French ones have', from('IE', 'IE1+23456A'), 'IE1+23456A'],
    [
      'of Australia is the ABN, and nothing that holds one',
      from('AU', 'X70555010142', '70 555 010 142'),
      '70555010142',
    ],
    ['is none that is longer than any', from('DE', 'DE1234567890123', 'X DE123456789'), undefined],
    ['is none where there is none', from('DE'), undefined],
  ])('%s', (_name, of, id) => expect(sellerTaxId(of)).toBe(id));
});

describe('a seller', () => {
  it('is reached in Peppol’s network by its tax ID, and asked for at Accounts Receivable', () => {
    expect(sellerOf({ ...SELLER, ...from('IE', 'IE1234567T') })).toEqual({
      name: SELLER.name,
      address: { ...SELLER.address, country: 'IE' },
      ...{ taxId: 'IE1234567T', endpoint: { scheme: '9935', id: 'IE1234567T' } },
      contact: { name: SELLER.name, ...SELLER.accountsReceivable },
    });
  });

  it('without a tax ID is reached by mail, and has no field for one', () => {
    const party = sellerOf({ ...SELLER, taxIds: [] });
    expect(party.endpoint).toEqual({ scheme: 'EM', id: SELLER.accountsReceivable.email });
    expect(party).not.toHaveProperty('taxId');
  });
});

describe('a buyer’s address in Peppol’s network, by its VAT ID', () => {
  const endpointOf = (value: string, kind = 'eu-vat') =>
    buyerOf({ ...INVOICE.buyer, taxIds: [{ kind, label: 'VAT', value } as CustomerTaxId] }, { ...INVOICE, taxes: [] })
      .endpoint;
  /** Peppol's code list of participant identifier schemes, version 8. */
  it.each([
    ['ATU12345678', '9914'],
    ['BE0123456789', '9925'],
    ['BG123456789', '9926'],
    ['CY12345678L', '9928'],
    ['CZ12345678', '9929'],
    ['DE123456789', '9930'],
    ['DK12345678', '0184'],
    ['EE123456789', '9931'],
    ['EL123456789', '9933'],
    ['ESA1234567X', '9920'],
    ['FR12345678901', '9957'],
    ['HR12345678901', '9934'],
    ['HU12345678', '9910'],
    ['IE1234567T', '9935'],
    ['IT12345678901', '0211'],
    ['LT123456789', '9937'],
    ['LU12345678', '9938'],
    ['LV12345678901', '9939'],
    ['MT12345678', '9943'],
    ['NL123456789B01', '9944'],
    ['PL1234567890', '9945'],
    ['PT123456789', '9946'],
    ['RO1234567890', '9947'],
    ['SI12345678', '9949'],
    ['SK1234567890', '9950'],
  ])('%s has scheme %s', (id, scheme) => expect(endpointOf(id)).toEqual({ scheme, id }));

  it('of Finns is their business ID, in the scheme of theirs', () => {
    expect(endpointOf('FI12345678')).toEqual({ scheme: '0216', id: '003712345678' });
  });

  it('British numbers have their country, once', () => {
    for (const value of ['GB123456782', '123 4567 82'])
      expect(endpointOf(value, 'gb-vat')).toEqual({ scheme: '9932', id: 'GB123456782' });
  });

  it('of Australia is the ABN', () => {
    const australian = sampleInvoice('australia');
    const buyer = { ...australian.buyer, taxIds: [{ kind: 'abn', label: 'ABN', value: '70 555 010 142' }] as const };
    expect(buyerOf(buyer, australian).endpoint).toEqual({ scheme: '0151', id: '70555010142' });
  });

  it('of Sweden is the company’s number', () =>
    expect(endpointOf('SE556677889901')).toEqual({ scheme: '0007', id: '5566778899' }));

  it.each(['SE5566778899', 'SE55667788990112', 'XSE556677889901', 'XX123456789'])(
    'which %s is not: the mail address stands in',
    (id) => {
      const { email } = INVOICE.buyer;
      expect(endpointOf(id)).toEqual(email === undefined ? undefined : { scheme: 'EM', id: email });
    },
  );

  it('without an ID and a mail address there is none, nor fields for them', () => {
    const { email: _none, ...buyer } = INVOICE.buyer;
    expect(Object.keys(buyerOf({ ...buyer, taxIds: [] }, { ...INVOICE, taxes: [] })).sort()).toEqual([
      'address',
      'name',
    ]);
  });

  it('goes by the ID that the tax relies on, before any other', () => {
    const invoice = sampleInvoice('germanBusiness');
    const other: CustomerTaxId = { kind: 'eu-vat', label: 'VAT', value: 'IE1234567T' };
    const relied = invoice.taxes.find(({ evidence }) => evidence?.kind === 'vat-id')!.evidence!.id;
    const buyer = { ...invoice.buyer, taxIds: [other, ...invoice.buyer.taxIds] };
    expect(buyerOf(buyer, invoice).taxId).toBe(relied);
    const certificate: Invoice = {
      ...invoice,
      taxes: invoice.taxes.map((tax) => ({ ...tax, evidence: { ...tax.evidence!, kind: 'certificate' } })),
    };
    expect(buyerOf(buyer, certificate).taxId).toBe('IE1234567T');
    expect(buyerOf(buyer, { ...invoice, taxes: [] }).taxId).toBe('IE1234567T');
  });
});

const [VAT] = INVOICE.taxes as [TaxLine];
const tax = (of: Partial<TaxLine>): TaxLine => ({ ...VAT, base: 100, amount: 0, ...of });
const line = (of: ELine['tax']): ELine => ({
  ...{ id: '1', name: 'Phone', description: 'Phone', quantity: '1', unit: 'C62', price: '0.00', amount: 0, tax: of },
  period: { from: '2026-12-01', to: '2026-12-31' },
});

it('the category of a line is that of its tax, and outside of the scope of any where it has none', () => {
  expect(categoryOf(VAT)).toEqual({ category: VAT.category, ratePpm: VAT.ratePpm });
  expect(categoryOf(undefined)).toEqual({ category: 'O', ratePpm: 0 });
});

describe('the taxes of an e-invoice', () => {
  const one = tax({ category: 'E', ratePpm: 0, mention: 'Certificate A' });
  it.each<[string, TaxLine[], ELine[], object[]]>([
    [
      'with VAT say nothing beside rate and amounts',
      [tax({ category: 'S', ratePpm: 230_000, amount: 23 })],
      [],
      [{ category: 'S', ratePpm: 230_000, base: 100, amount: 23 }],
    ],
    [
      'zero-rated need no reason',
      [tax({ category: 'Z', ratePpm: 0 })],
      [],
      [{ category: 'Z', ratePpm: 0, base: 100, amount: 0 }],
    ],
    [
      'reversed say so, with the words of the invoice',
      [tax({ category: 'AE', ratePpm: 0, mention: 'Article 196' })],
      [],
      [
        {
          ...{ category: 'AE', ratePpm: 0, base: 100, amount: 0 },
          reason: { code: 'VATEX-EU-AE', text: 'Article 196' },
        },
      ],
    ],
    [
      'exempt by two certificates are one exemption with both reasons',
      [one, tax({ category: 'E', ratePpm: 0, base: 50, mention: 'Certificate B' })],
      [],
      [{ category: 'E', ratePpm: 0, base: 150, amount: 0, reason: { text: 'Certificate A Certificate B' } }],
    ],
    [
      'exempt twice for one reason say it once',
      [one, one],
      [],
      [{ category: 'E', ratePpm: 0, base: 200, amount: 0, reason: { text: 'Certificate A' } }],
    ],
    [
      'of one rate are one, and of another apart',
      [
        tax({ category: 'S', ratePpm: 230_000, amount: 23 }),
        tax({ category: 'S', ratePpm: 230_000, base: 200, amount: 46 }),
        tax({ category: 'S', ratePpm: 90_000, amount: 9 }),
      ],
      [],
      [
        { category: 'S', ratePpm: 230_000, base: 300, amount: 69 },
        { category: 'S', ratePpm: 90_000, base: 100, amount: 9 },
      ],
    ],
    [
      'have the category of lines that cancel each other out, which no tax names, once',
      [tax({ category: 'S', ratePpm: 230_000, amount: 23 })],
      [line({ category: 'S', ratePpm: 230_000 }), line(categoryOf(undefined)), line(categoryOf(undefined))],
      [
        { category: 'S', ratePpm: 230_000, base: 100, amount: 23 },
        {
          ...{ category: 'O', ratePpm: 0, base: 0, amount: 0 },
          reason: { code: 'VATEX-EU-O', text: texts.exempt },
        },
      ],
    ],
  ])('%s', (_name, taxes, lines, told) => {
    expect(breakdown(taxes, lines, texts)).toStrictEqual(told);
  });

  it('without words of its own is reversed, or exempt, in those of its language', () => {
    const { mention: _none, ...bare } = one;
    const told = breakdown([{ ...bare, category: 'AE' }, bare], [], TEXTS.de.document).map(
      ({ reason }) => reason?.text,
    );
    expect(told).toEqual([TEXTS.de.document.reverseCharge.sentence, TEXTS.de.document.exempt]);
  });

  it('add up to the invoice’s, each category and rate once, in whatever order they come', () => {
    const anyTax = fc
      .record({
        category: fc.constantFrom('S', 'Z', 'E', 'AE', 'O'),
        ratePpm: fc.constantFrom(0, 90_000, 230_000),
        base: fc.integer({ min: -1_000_000, max: 1_000_000 }),
        amount: fc.integer({ min: -100_000, max: 100_000 }),
        mention: fc.constantFrom('A', 'B', 'C'),
      })
      .map((of) => tax(of as Partial<TaxLine>));
    const sum = (of: readonly { base: number; amount: number }[]) => [
      of.reduce((total, { base }) => total + base, 0),
      of.reduce((total, { amount }) => total + amount, 0),
    ];
    fc.assert(
      fc.property(fc.array(anyTax, { maxLength: 12 }), (taxes) => {
        const told = breakdown(taxes, [], texts);
        expect(sum(told)).toEqual(sum(taxes));
        const keys = told.map(({ category, ratePpm }) => `${category} ${ratePpm}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(sum(breakdown(taxes.toReversed(), [], texts))).toEqual(sum(told));
      }),
    );
  });
});
