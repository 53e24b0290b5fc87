import type { PaymentTerms } from '../../domain/account.ts';
import type { RecurringInterval } from '../../domain/catalog.ts';
import type { MailWords } from './mail-texts.ts';

/** Every word of a quote and of its mail beside those that all documents share. Dates and amounts are formatted already. */
export interface QuoteTexts {
  readonly title: string;
  readonly from: string;
  readonly preparedFor: string;
  readonly date: string;
  readonly validUntil: string;
  readonly billingStart: string;
  readonly contractPeriod: string;
  readonly renewal: string;
  readonly months: (months: number) => string;
  /** The one figure that matters: recurring charges of the whole contract period. */
  readonly hero: string;
  readonly billingStarts: (on: string) => string;
  readonly acceptBy: (until: string) => string;
  readonly offer: string;
  /** What is charged each time, and the column of what that comes to over the contract period. */
  readonly every: Readonly<Record<RecurringInterval, (amount: string) => string>>;
  readonly overContract: string;
  readonly contractTotal: string;
  readonly listPrice: (price: string) => string;
  readonly discount: (rate: string) => string;
  readonly awaitsActivation: string;
  readonly savings: {
    readonly heading: string;
    readonly list: string;
    readonly quoted: string;
    readonly saved: string;
  };
  readonly perProduct: string;
  readonly firstInvoice: {
    readonly heading: string;
    readonly dated: (on: string, due: string) => string;
    /** Of an account that is billed for other things, too. */
    readonly part: { readonly heading: string; readonly dated: (on: string, due: string) => string };
    /** Nothing is charged before a circuit is activated. */
    readonly none: string;
    readonly rates: (of: string) => string;
    /** Where the rates of its own date are not published yet. */
    readonly earlierRates: (of: string) => string;
  };
  readonly next: {
    readonly heading: string;
    readonly accept: (until: string) => string;
    readonly start: (on: string) => string;
    readonly renew: (w: { endsOn: string; renewsOn: string; months: string; cancelBy: string }) => string;
    readonly pay: Readonly<Record<PaymentTerms, string>>;
    readonly extra: string;
  };
  readonly questions: string;
  readonly view: string;
  readonly mail: {
    readonly offered: (w: QuoteFacts) => MailWords;
    readonly accepted: (w: QuoteFacts) => MailWords;
    readonly first: (amount: string, on: string) => string;
    readonly firstPart: (amount: string, on: string) => string;
    readonly viewAgain: string;
    /** Why a named contact gets it, who may get no other mail of the account. */
    readonly why: string;
  };
}

/** Dates in sentences, and in short for subjects. */
interface QuoteFacts {
  readonly number: string;
  readonly amount: string;
  readonly validUntil: string;
  readonly validShort: string;
  readonly billingStart: string;
  readonly startShort: string;
}
