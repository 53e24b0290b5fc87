import { creditedTaxes } from '../../../../shared/document/credit-note-pdf.ts';
import { ciiOf } from '../../../../shared/document/e-invoice/cii.ts';
import { creditNoteModel } from '../../../../shared/document/e-invoice/from-credit-note.ts';
import { ublOf } from '../../../../shared/document/e-invoice/ubl.ts';
import type { Account } from '../../../../shared/domain/account.ts';
import type { Invoice } from '../../../../shared/domain/invoice.ts';
import { noteOn } from '../../credit-notes.ts';
import { modelOf, withLines } from '../../e-invoices.ts';
import { type Sample, sampleInvoice } from '../../invoices.ts';

const sold = (sample: Sample, account: Partial<Account> = {}) => sampleInvoice(sample, { account });
const taxId = (kind: 'eu-vat' | 'abn', value: string) => ({ taxIds: [{ kind, label: 'ID', value }] }) as const;
const treated = (invoice: Invoice): Invoice =>
  withLines(
    invoice,
    invoice.lines.map((line, index) =>
      index === 0 ? line : { ...line, taxTreatment: index % 2 === 0 ? 'exempt' : 'zero-rated' },
    ),
  );
const german = sold('germany', { autopay: false, terms: 'wire', credit: 1_000 });
const irish = sold('ireland', taxId('eu-vat', 'IE1234567T'));
const noted = noteOn(irish, { kind: 'all' });
const note = creditNoteModel(noted, irish, creditedTaxes(noted, irish));

/** As a seller in Germany would send it through Peppol's network. */
const domestic = (invoice: Invoice): string => {
  const model = modelOf(invoice);
  const at = { scheme: '9930', id: 'DE456111839' };
  const seller = {
    ...model.seller,
    taxId: at.id,
    endpoint: at,
    address: { ...model.seller.address, country: 'DE' },
  };
  return ublOf(
    { ...model, seller, buyer: { ...model.buyer, endpoint: { scheme: '9930', id: 'DE123456788' } } },
    'peppol',
  );
};

/** Documents of ours that keep every rule; each rule finds one of them when it is broken. */
export const DOCUMENTS = {
  /** By SEPA transfer, partly paid by credit. */
  cii: String(ciiOf(modelOf(german))),
  xrechnung: ublOf(modelOf(german), 'xrechnung'),
  ciiReverse: String(ciiOf(modelOf(sold('germanBusiness')))),
  reverse: ublOf(modelOf(sold('germanBusiness')), 'xrechnung'),
  /** Standard, zero-rated and exempt lines. */
  ciiMixed: String(ciiOf(modelOf(treated(irish)))),
  mixed: ublOf(modelOf(treated(irish)), 'peppol'),
  /** By card. */
  peppol: ublOf(modelOf(irish), 'peppol'),
  /** Of a German seller to a German buyer, by SEPA transfer and by card. */
  domestic: domestic(german),
  domesticCard: domestic(sold('germany')),
  ciiNote: String(ciiOf(note)),
  note: ublOf(note, 'peppol'),
  australian: ublOf(modelOf(sold('australia', taxId('abn', '70555010142'))), 'a-nz'),
} as const;

export type Broken = Readonly<Record<string, readonly (readonly [keyof typeof DOCUMENTS, (xml: string) => string])[]>>;
