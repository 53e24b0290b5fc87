import { describe, expect, it } from 'vitest';
import { facturX } from '../../shared/document/e-invoice/factur-x.ts';
import { obstacleTo, UBL_FORMATS, type UblFormat, usualFormat } from '../../shared/document/e-invoice/formats.ts';
import { isEInvoice } from '../../shared/document/e-invoice/from-invoice.ts';
import type { EInvoice } from '../../shared/document/e-invoice/model.ts';
import { ublOf } from '../../shared/document/e-invoice/ubl.ts';
import type { Account, CustomerTaxId } from '../../shared/domain/account.ts';
import type { Invoice, TaxLine } from '../../shared/domain/invoice.ts';
import { leavesOf, modelOf } from '../support/e-invoices.ts';
import { faultsOfModel } from '../support/en16931/check.ts';
import { type Sample, sampleInvoice } from '../support/invoices.ts';

const IRISH: CustomerTaxId = { kind: 'eu-vat', label: 'VAT', value: 'IE 1234567T' };
const SWEDISH: CustomerTaxId = { kind: 'eu-vat', label: 'VAT', value: 'SE 556677-8899 01' };
const FINNISH: CustomerTaxId = { kind: 'eu-vat', label: 'VAT', value: 'FI 1234567-1' };
const BRITISH: CustomerTaxId = { kind: 'gb-vat', label: 'VAT', value: '123 4567 82' };
const AUSTRALIAN: CustomerTaxId = { kind: 'abn', label: 'ABN', value: '70 555 010 142' };
const model = (sample: Sample, account: Partial<Account> = {}): EInvoice => modelOf(sampleInvoice(sample, { account }));
const soldFrom = (of: EInvoice, country: string): EInvoice => ({
  ...of,
  seller: { ...of.seller, address: { ...of.seller.address, country } },
});

describe('the format that a receiver expects', () => {
  it.each<[string, EInvoice, UblFormat | undefined]>([
    ['in Germany is XRechnung', model('germany'), 'xrechnung'],
    ['in Germany is XRechnung with reverse charge too', model('germanBusiness'), 'xrechnung'],
    ['with a VAT ID is Peppol’s', model('ireland', { taxIds: [IRISH] }), 'peppol'],
    ['with a British VAT number is Peppol’s', model('uk', { taxIds: [BRITISH] }), 'peppol'],
    [
      'without a VAT ID is that of EN 16931, since Peppol’s network knows no such receiver',
      model('ireland'),
      'en16931',
    ],
    ['in Australia with an ABN is A-NZ', model('australia', { taxIds: [AUSTRALIAN] }), 'a-nz'],
    ['in Australia without an ABN is none: the rules want one', model('australia'), undefined],
  ])('%s', (_name, of, format) => {
    expect(usualFormat(of)).toBe(format);
    expect(faultsOfModel(of)).toEqual([]);
  });

  it.each<[UblFormat, string | undefined, string | undefined]>([
    ['en16931', 'urn:cen.eu:en16931:2017', undefined],
    [
      'peppol',
      'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
      'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    ],
    [
      'xrechnung',
      'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
      'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    ],
    ['a-nz', 'urn:peppol:pint:billing-1@aunz-1', 'urn:peppol:bis:billing'],
  ])('%s names the rules that it keeps and the process it is part of', (format, specification, process) => {
    const leaves = leavesOf(ublOf(model('ireland'), format));
    const value = (name: string) => leaves.find((leaf) => leaf.startsWith(`/Invoice/${name}=`))?.split('=')[1];
    expect([value('CustomizationID'), value('ProfileID')]).toEqual([specification, process]);
  });
});

describe('a format is not for', () => {
  const peppol = model('ireland', { taxIds: [IRISH] });
  it.each<[string, UblFormat, EInvoice, RegExp]>([
    ['a buyer outside of Peppol’s network', 'peppol', model('ireland'), /buyer has no address in Peppol/],
    ['a seller whom Peppol asks for more', 'peppol', soldFrom(peppol, 'NL'), /rules of its own for sellers of NL/],
    [
      'a seller who is reached by mail',
      'peppol',
      reachedAt(peppol, { scheme: 'EM', id: 'ar@x.example' }),
      /^the seller/,
    ],
    ['a seller who is not reached at all', 'peppol', reachedAt(peppol, undefined), /^the seller has no address/],
    ['a buyer who cannot be reached at all', 'xrechnung', withoutAddress(model('germany')), /neither an e-mail/],
    ['a buyer of Kosovo', 'en16931', billedIn('XK'), /XK is in no list/],
    ['Europe, where it is Australia’s', 'a-nz', peppol, /knows GST alone/],
    ['Australia, where it is Europe’s', 'en16931', model('australia'), /one of a-nz/],
    ['a buyer without ABN', 'a-nz', model('australia'), /the buyer has no ABN/],
  ])('%s', (_name, format, of, reason) => expect(obstacleTo(format, of)).toMatch(reason));

  it('nobody whom the ones above do not name', () => {
    const open = (of: EInvoice) => UBL_FORMATS.filter((format) => obstacleTo(format, of) === undefined);
    expect(open(peppol)).toEqual(['en16931', 'peppol', 'xrechnung']);
    expect(open(model('australia', { taxIds: [AUSTRALIAN] }))).toEqual(['a-nz']);
  });
});

function billedIn(country: string): EInvoice {
  const of = model('ireland');
  return { ...of, buyer: { ...of.buyer, address: { ...of.buyer.address, country } } };
}
it.each<[string, UblFormat | undefined, boolean]>([
  ['FR', 'en16931', true],
  ['SS', 'en16931', false],
  ['XK', undefined, false],
])('a buyer in %s gets what has a code for the country', (country, format, isInPdf) => {
  const of = billedIn(country);
  expect([usualFormat(of), facturX(of) !== undefined]).toEqual([format, isInPdf]);
  expect(faultsOfModel(of)).toEqual([]);
});

it('whoever cannot be reached at all still gets what EN 16931 wants', () => {
  for (const of of [model('germany'), model('ireland')]) expect(usualFormat(withoutAddress(of))).toBe('en16931');
});

function reachedAt(of: EInvoice, endpoint: EInvoice['seller']['endpoint']): EInvoice {
  const { endpoint: _none, ...seller } = of.seller;
  return { ...of, seller: { ...seller, ...(endpoint && { endpoint }) } };
}

function withoutAddress(of: EInvoice): EInvoice {
  const { endpoint: _none, ...buyer } = of.buyer;
  return { ...of, buyer };
}

describe('the buyer’s electronic address', () => {
  it.each<[string, CustomerTaxId, { readonly scheme: string; readonly id: string }, string]>([
    [
      'goes by the country of the VAT ID, not of the bill',
      SWEDISH,
      { scheme: '0007', id: '5566778899' },
      'SE556677889901',
    ],
    [
      'in Finland is the business ID with the country’s code, since Peppol has taken the VAT ID off its list',
      FINNISH,
      { scheme: '0216', id: '003712345671' },
      'FI12345671',
    ],
    ['is the VAT ID as it is', IRISH, { scheme: '9935', id: 'IE1234567T' }, 'IE1234567T'],
    [
      'has the country that a British number is written without',
      BRITISH,
      { scheme: '9932', id: 'GB123456782' },
      'GB123456782',
    ],
  ])('%s', (_name, id, endpoint, taxId) => {
    const { buyer } = model('ireland', { taxIds: [id] });
    expect([buyer.endpoint, buyer.taxId]).toEqual([endpoint, taxId]);
  });

  it('is the ABN in Australia, whatever other numbers the customer has', () => {
    expect(model('australia', { taxIds: [IRISH, AUSTRALIAN] }).buyer.taxId).toBe('70555010142');
  });
});

describe('there is no e-invoice', () => {
  const invoice = sampleInvoice('ireland');
  const [vat] = invoice.taxes as [TaxLine];
  it.each<[string, Partial<Invoice>]>([
    ['without any tax, which EN 16931 always has', { taxes: [] }],
    [
      'with the tax of another kind that the seller collects elsewhere',
      { taxes: [{ ...vat, tax: 'GST', jurisdiction: 'CA-ON' }] },
    ],
    ['of a seller without tax ID', { seller: { ...invoice.seller, taxIds: [] } }],
    ['of a seller outside of Europe and Australia', { seller: sampleInvoice('us').seller }],
  ])('%s', (_name, change) => {
    expect([isEInvoice(invoice), isEInvoice({ ...invoice, ...change })]).toEqual([true, false]);
  });
});
