import type { PlainDate } from '../calendar.ts';
import { ROUNDING, type TaxRate } from './rate.ts';

const gst: TaxRate = {
  tax: 'GST',
  label: 'GST',
  levy: 'CA',
  ratePpm: 50_000,
  from: '2008-01-01',
  rounding: ROUNDING.canada,
  source: 'Excise Tax Act s.165(1); R115',
  status: 'final',
};

const hst = (province: string, ratePpm: number, from: PlainDate, source: string): TaxRate => ({
  tax: 'HST',
  label: `HST (${province})`,
  levy: 'CA',
  ratePpm,
  from,
  rounding: ROUNDING.canada,
  source,
  status: 'final',
});

const provincial = (
  row: Pick<TaxRate, 'tax' | 'label' | 'levy' | 'ratePpm' | 'from' | 'source'> & Partial<TaxRate>,
): TaxRate => ({ rounding: ROUNDING.provincial, status: 'final', ...row });

/**
 * Canada (R115–R118). HST replaces GST where it exists; PST, RST and QST stand beside GST, each on the price without the
 * other (Revenu Québec, "Calculating the taxes"). Québec's combined figures must not stand on an invoice, and do not
 * stand here: GST and QST are two rows.
 */
export const CANADA: Readonly<Record<string, readonly TaxRate[]>> = {
  AB: [gst],
  BC: [
    gst,
    provincial({
      tax: 'PST',
      label: 'PST (British Columbia)',
      levy: 'CA-BC',
      ratePpm: 70_000,
      from: '2013-04-01',
      // Toll-free service that is not for family or domestic use is not a taxable telecommunication service.
      exempt: ['toll-free'],
      source: 'Provincial Sales Tax Act; Bulletin PST 107; R117',
    }),
  ],
  MB: [
    gst,
    provincial({
      tax: 'RST',
      label: 'RST (Manitoba)',
      levy: 'CA-MB',
      ratePpm: 70_000,
      from: '2019-07-01',
      source: 'Retail Sales Tax Act; R117',
    }),
  ],
  NB: [hst('New Brunswick', 150_000, '2016-07-01', 'New Harmonized Value-added Tax System Regulations, No. 2; R116')],
  NL: [
    hst(
      'Newfoundland and Labrador',
      150_000,
      '2016-07-01',
      'New Harmonized Value-added Tax System Regulations, No. 2; R116',
    ),
  ],
  NS: [
    hst('Nova Scotia', 150_000, '2010-07-01', 'New Harmonized Value-added Tax System Regulations, No. 2; R116'),
    hst('Nova Scotia', 140_000, '2025-04-01', 'CRA Notice 342, SOR/2025-0077; C13'),
  ],
  NT: [gst],
  NU: [gst],
  ON: [hst('Ontario', 130_000, '2010-07-01', 'New Harmonized Value-added Tax System Regulations, No. 2; R116')],
  PE: [
    hst(
      'Prince Edward Island',
      150_000,
      '2016-10-01',
      'New Harmonized Value-added Tax System Regulations, No. 2; R116',
    ),
  ],
  QC: [
    gst,
    provincial({
      tax: 'QST',
      label: 'QST',
      levy: 'CA-QC',
      ratePpm: 99_750,
      from: '2013-01-01',
      rounding: ROUNDING.quebec,
      source: 'Act respecting the Québec sales tax s.16; R118',
    }),
  ],
  SK: [
    gst,
    provincial({
      tax: 'PST',
      label: 'PST (Saskatchewan)',
      levy: 'CA-SK',
      ratePpm: 60_000,
      from: '2017-03-23',
      source: 'Provincial Sales Tax Act; R117',
    }),
  ],
  YT: [gst],
};
