import type { PlainDate } from './calendar.ts';
import type { TaxCode } from './catalog.ts';

/** One dated row: the tax that holds in a jurisdiction from a date until the next row of the same tax there. */
export interface TaxRate {
  readonly tax: string;
  /** What the customer reads. */
  readonly label: string;
  readonly ratePpm: number;
  readonly from: PlainDate;
  /** Tax codes that this tax does not reach. */
  readonly exempt?: readonly TaxCode[];
  /** Where the rate is published. */
  readonly source: string;
}

const gst: TaxRate = {
  tax: 'GST',
  label: 'GST',
  ratePpm: 50_000,
  from: '2008-01-01',
  source: 'Excise Tax Act s.165(1); R115',
};

const hst = (province: string, ratePpm: number, from: PlainDate, source: string): TaxRate => ({
  tax: 'HST',
  label: `HST (${province})`,
  ratePpm,
  from,
  source,
});

/**
 * Canada (R115–R118). HST replaces GST where it exists; PST, RST and QST stand beside GST, each on the price without the
 * other (Revenu Québec, "Calculating the taxes").
 */
export const CANADA: Readonly<Record<string, readonly TaxRate[]>> = {
  AB: [gst],
  BC: [
    gst,
    {
      tax: 'PST',
      label: 'PST (British Columbia)',
      ratePpm: 70_000,
      from: '2013-04-01',
      // Toll-free service that is not for family or domestic use is not a taxable telecommunication service.
      exempt: ['toll-free'],
      source: 'Provincial Sales Tax Act; Bulletin PST 107; R117',
    },
  ],
  MB: [
    gst,
    { tax: 'RST', label: 'RST (Manitoba)', ratePpm: 70_000, from: '2019-07-01', source: 'Retail Sales Tax Act; R117' },
  ],
  NB: [hst('New Brunswick', 150_000, '2016-07-01', 'R116')],
  NL: [hst('Newfoundland and Labrador', 150_000, '2016-07-01', 'R116')],
  NS: [
    hst('Nova Scotia', 150_000, '2010-07-01', 'R116'),
    hst('Nova Scotia', 140_000, '2025-04-01', 'CRA Notice 342, SOR/2025-0077; C13'),
  ],
  NT: [gst],
  NU: [gst],
  ON: [hst('Ontario', 130_000, '2010-07-01', 'R116')],
  PE: [hst('Prince Edward Island', 150_000, '2016-10-01', 'R116')],
  QC: [
    gst,
    {
      tax: 'QST',
      label: 'QST',
      ratePpm: 99_750,
      from: '2013-01-01',
      source: 'Act respecting the Québec sales tax s.16; R118',
    },
  ],
  SK: [
    gst,
    {
      tax: 'PST',
      label: 'PST (Saskatchewan)',
      ratePpm: 60_000,
      from: '2017-03-23',
      source: 'Provincial Sales Tax Act; R117',
    },
  ],
  YT: [gst],
};

const vat = (ratePpm: number, from: PlainDate, source: string): TaxRate => ({
  tax: 'VAT',
  label: 'VAT',
  ratePpm,
  from,
  source,
});

/** Countries with one national rate (R115, R119, R135). */
export const NATIONAL: Readonly<Record<string, readonly TaxRate[]>> = {
  AU: [
    {
      tax: 'GST',
      label: 'GST',
      ratePpm: 100_000,
      from: '2000-07-01',
      source: 'A New Tax System (GST) Act 1999 s.9-70',
    },
  ],
  DE: [vat(160_000, '2020-07-01', 'UStG §28'), vat(190_000, '2021-01-01', 'UStG §12(1)')],
  GB: [vat(200_000, '2011-01-04', 'VAT Act 1994 s.2')],
  IE: [vat(210_000, '2020-09-01', 'Finance Act 2020'), vat(230_000, '2021-03-01', 'VAT Consolidation Act 2010 s.46')],
};

/** Member states that we bill: a business there with a validated VAT ID owes the VAT itself (Directive 2006/112/EC Art. 196). */
export const EU_MEMBERS: readonly string[] = ['DE', 'IE'];

/**
 * Countries whose taxes are not part of the price here: state and local taxes of the United States depend on the
 * jurisdiction and need their own engine.
 */
export const WITHOUT_TAX: readonly string[] = ['US'];
