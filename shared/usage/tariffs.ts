import { BillingError } from '../domain/errors.ts';
import type { Seller } from '../domain/seller.ts';
import { buildTariff, type UsageTariff } from '../domain/usage/tariff.ts';
import type { RateRow } from '../domain/usage/usage.ts';
import type { CurrentDeck, DeckStore, Documents } from '../ports.ts';
import { classRatesOf, type SellerUsage } from '../runtime/usage-schemas.ts';
import { readDeck } from './deck-csv.ts';
import { whole } from './load-deck.ts';

interface Deps {
  readonly store: Pick<DeckStore, 'currentDecks'>;
  readonly documents: Pick<Documents, 'load'>;
}

/**
 * What usage costs at each seller now: the stage's rates and the decks in force. Reads which decks these are every time and
 * the decks themselves only when they changed. Throws `deck_missing`: without the premium deck, premium calls would be
 * rated as ordinary ones.
 */
export function createTariffs({ store, documents }: Deps) {
  const built = new Map<string, { readonly versions: string; readonly tariff: UsageTariff }>();

  const rowsOf = async (deck: CurrentDeck, { currency }: Seller): Promise<readonly RateRow[]> => {
    const bytes = await documents.load(deck.key);
    if (bytes === undefined) throw new BillingError('deck_missing', deck.key);
    return (await readDeck(whole(bytes), deck, currency)).rows;
  };

  return async (seller: Seller, usage: SellerUsage): Promise<UsageTariff> => {
    const current = await store.currentDecks(seller.sellerId);
    const [premium, international] = [usage.decks.premium, usage.decks.international].map((name) => {
      const found = current.find(({ deck }) => deck === name);
      if (found === undefined) throw new BillingError('deck_missing', `${name} of ${seller.sellerId}`);
      return found;
    }) as [CurrentDeck, CurrentDeck];
    const versions = `${premium.version} ${international.version}`;
    const known = built.get(seller.sellerId);
    if (known?.versions === versions) return known.tariff;
    const tariff = buildTariff({
      currency: seller.currency,
      classRates: classRatesOf(usage),
      premium: await rowsOf(premium, seller),
      international: await rowsOf(international, seller),
      mmsCredits: usage.mmsCredits,
    });
    built.set(seller.sellerId, { versions, tariff });
    return tariff;
  };
}
