import type { Currency } from '../money.ts';
import { buildDeck, type RateDeck } from './rate-deck.ts';
import type { RateRow } from './usage.ts';

/** Classes whose price does not depend on the number. */
export const CLASS_RATES = ['domestic', 'toll-free-inbound', 'message'] as const;
export type RatedClass = (typeof CLASS_RATES)[number];

/** What a unit of usage costs, in one currency, made ready for rating. */
export interface UsageTariff {
  readonly currency: Currency;
  /** `domestic` is the price of minutes over the plan and holds for internal calls too (R106). */
  readonly classes: Readonly<Record<RatedClass, RateDeck>>;
  /** Its prefixes are what makes a domestic number premium (R105). */
  readonly premium: RateDeck;
  readonly international: RateDeck;
  /** Credits of one MMS, sent or received. */
  readonly mmsCredits: number;
}

/** The same as rows: what a catalog and its decks say. */
export interface TariffRows {
  readonly currency: Currency;
  readonly classRates: Readonly<Partial<Record<RatedClass, readonly RateRow[]>>>;
  readonly premium: readonly RateRow[];
  readonly international: readonly RateRow[];
  /** The guide gives no weight of an MMS; other telecoms take two. */
  readonly mmsCredits?: number;
}

/** Throws `invalid_rate_deck`. A class without rates is allowed: its usage becomes an exception, not free. */
export function buildTariff({ currency, classRates, premium, international, mmsCredits = 2 }: TariffRows): UsageTariff {
  const deckOf = (of: RatedClass): RateDeck => buildDeck(classRates[of] ?? [], currency, 'class');
  return {
    currency,
    classes: {
      domestic: deckOf('domestic'),
      'toll-free-inbound': deckOf('toll-free-inbound'),
      message: deckOf('message'),
    },
    premium: buildDeck(premium, currency),
    international: buildDeck(international, currency),
    mmsCredits,
  };
}
