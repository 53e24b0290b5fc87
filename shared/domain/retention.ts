import { addDays, addMonths, type PlainDate } from './calendar.ts';

/**
 * From when the law counts: the end of the calendar year or of the seller's financial year in which the document was issued, or
 * of the calendar year in which that financial year ends. When a financial year ends is not known here: it is taken to begin
 * with the document, which is never too early. Laws that count from when the last payment was made count from there, too.
 */
type CountedFrom = 'calendar-year' | 'financial-year' | 'calendar-year-of-financial-year';

/** For how long the law of a seller's country has it keep the invoices and credit notes that it issued. */
export interface RetentionLaw {
  /** For documents of this date or later. */
  readonly from: PlainDate;
  readonly years: number;
  readonly countedFrom: CountedFrom;
  readonly law: string;
}

const law = (years: number, countedFrom: CountedFrom, text: string, from = '1900-01-01'): RetentionLaw => ({
  from,
  years,
  countedFrom,
  law: text,
});

/**
 * By the seller's country, the longest of its laws for a company, the newest last. A change of the law is another row: what
 * is locked already stays so.
 */
export const RETENTION_LAWS: Readonly<Record<string, readonly RetentionLaw[]>> = {
  AT: [law(7, 'calendar-year-of-financial-year', 'BAO §132(1); UStG 1994 §11(2)')],
  AU: [
    law(
      7,
      'financial-year',
      'Corporations Act 2001 s.286(2): from the completion of the transaction; the tax law’s 5 years, TAA 1953 Sch.1 s.382-5, are shorter',
    ),
  ],
  BE: [law(10, 'calendar-year', 'Code de la TVA art. 60, §4, as amended by the law of 20 November 2022')],
  CA: [
    law(
      6,
      'financial-year',
      'Income Tax Act s.230(4)(b); Excise Tax Act s.286(3); in Québec Tax Administration Act s.35.1',
    ),
  ],
  DE: [
    law(10, 'calendar-year', 'UStG §14b(1), AO §147(3)'),
    law(
      8,
      'calendar-year',
      'UStG §14b(1), AO §147(3) as amended by the Viertes Bürokratieentlastungsgesetz',
      '2025-01-01',
    ),
  ],
  ES: [law(6, 'financial-year', 'Código de Comercio art. 30; Ley 58/2003 art. 66')],
  FR: [law(10, 'financial-year', 'Code de commerce art. L123-22; Livre des procédures fiscales art. L102 B')],
  GB: [law(6, 'financial-year', 'Finance Act 1998 Sch.18 para.21; VAT Act 1994 Sch.11 para.6')],
  IE: [
    law(
      6,
      'financial-year',
      'Companies Act 2014 s.285; Value-Added Tax Consolidation Act 2010 s.84; Taxes Consolidation Act 1997 s.886',
    ),
  ],
  IT: [law(10, 'financial-year', 'Codice civile art. 2220; DPR 633/1972 art. 39')],
  LU: [law(10, 'financial-year', 'Code de commerce art. 16; Loi TVA du 12 février 1979 art. 65')],
  NL: [law(7, 'financial-year', 'Algemene wet inzake rijksbelastingen art. 52(4)')],
  PT: [law(10, 'calendar-year', 'Código do IVA art. 52.º')],
  US: [
    law(
      7,
      'financial-year',
      'IRC §6001: as long as it may become material; with §6511(d)(1): a claim for a bad debt, seven years',
    ),
  ],
};

/** The law that holds for a document; undefined where none is on file for the country. */
export const retentionLaw = (country: string, date: PlainDate): RetentionLaw | undefined =>
  RETENTION_LAWS[country]?.findLast(({ from }) => from <= date);

/** The last day on which a document must still be kept. Throws a `RangeError` where no law is on file: no stage has such a seller. */
export function keptUntil(country: string, date: PlainDate): PlainDate {
  const found = retentionLaw(country, date);
  if (found === undefined) throw new RangeError(`No law on keeping invoices is on file for ${country}`);
  return addMonths(endOfStart(found.countedFrom, date), 12 * found.years);
}

/** The day whose end the years are counted from. */
function endOfStart(countedFrom: CountedFrom, date: PlainDate): PlainDate {
  const financialYear = addMonths(addDays(date, -1), 12);
  if (countedFrom === 'financial-year') return financialYear;
  return `${(countedFrom === 'calendar-year' ? date : financialYear).slice(0, 4)}-12-31`;
}
