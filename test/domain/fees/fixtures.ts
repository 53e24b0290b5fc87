import type { TaxCode } from '../../../shared/domain/catalog.ts';
import type { FeeExplanation } from '../../../shared/domain/explanation.ts';
import { type FeeContext, feeLines } from '../../../shared/domain/fees/fee-lines.ts';
import type { FeeRate, SellerFees } from '../../../shared/domain/fees/fee-rates.ts';
import type { InvoiceLine } from '../../../shared/domain/invoice.ts';
import { addressIn } from '../../support/accounts.ts';

export type DraftLine = Omit<InvoiceLine, 'line'>;

export const line = (amount: number, taxCode: TaxCode = 'telecom', overrides: Partial<DraftLine> = {}): DraftLine => ({
  charge: 'recurring',
  group: 'service-charge',
  productId: 'phone',
  description: 'Phone',
  unit: 'device',
  servicePeriod: { from: '2026-02-01', to: '2026-02-28' },
  quantity: 1,
  amount,
  taxCode,
  explanation: {
    kind: 'period',
    quantity: 1,
    periods: 1,
    price: { productId: 'phone', version: 'v1', from: '2020-01-01', pricing: { model: 'flat', unitMicros: 1 } },
  },
  ...overrides,
});

export const rate = (fee: string, overrides: Partial<FeeRate> = {}): FeeRate => ({
  fee,
  label: fee,
  taxCodes: ['telecom'],
  ratePpm: 0,
  from: '2020-01-01',
  source: 'Price list 2020',
  status: 'final',
  ...overrides,
});

export const context = (place: string, fees: SellerFees = {}, overrides: Partial<FeeContext> = {}): FeeContext => ({
  seller: { fees },
  address: addressIn(place),
  invoiceDate: '2026-02-01',
  currency: 'USD',
  ...overrides,
});

export const feesOf = (lines: readonly DraftLine[], of: FeeContext) =>
  feeLines(lines, of).map(({ group, amount }) => [group, amount]);

export const explained = ({ explanation }: DraftLine): FeeExplanation => {
  if (explanation.kind !== 'fee') throw new Error(explanation.kind);
  return explanation;
};

export const NO_USF: SellerFees = { usf: { notContributing: 'de minimis, 47 CFR 54.708' } };
