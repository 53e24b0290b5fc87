import type { WrittenAccount } from '../../../shared/import/account-schema.ts';

/** How sample customers pay. The tokens are test payment methods of the local payment processor. */

interface Instrument {
  readonly kind: 'card' | 'bank-debit';
  readonly brand: string;
  readonly last4: string;
  readonly token: string;
}

const card = (brand: string, last4: string, token: string): Instrument => ({ kind: 'card', brand, last4, token });
const debit = (last4: string, american: string, european: string) => ({ last4, american, european });

const CARDS = {
  visa: card('visa', '4242', 'pm_card_visa'),
  mastercard: card('mastercard', '4444', 'pm_card_mastercard'),
  amex: card('amex', '8431', 'pm_card_amex'),
  discover: card('discover', '1117', 'pm_card_discover'),
  'declines-once': card('visa', '0341', 'pm_sample_declines_then_pays'),
  'declines-twice': card('mastercard', '0342', 'pm_sample_declines_twice_then_pays'),
  'never-has-funds': card('visa', '9995', 'pm_card_chargeDeclinedInsufficientFunds'),
  lost: card('visa', '9987', 'pm_card_chargeDeclinedLostCard'),
  stolen: card('visa', '9979', 'pm_card_chargeDeclinedStolenCard'),
  expired: card('visa', '0069', 'pm_card_chargeDeclinedExpiredCard'),
  'asks-to-authenticate': card('visa', '3184', 'pm_card_authenticationRequired'),
} as const;

const DEBITS = {
  'bank-debit': debit('6789', 'pm_usBankAccount_success', 'pm_sample_sepaDebit_success'),
  'bank-debit-returned': debit('2227', 'pm_usBankAccount_insufficientFunds', 'pm_sample_sepaDebit_insufficientFunds'),
} as const;

type CardName = keyof typeof CARDS;
type DebitName = keyof typeof DEBITS;

/**
 * A card or bank account: charged automatically. `card-on-request`: a good card, autopay off. `second-card`: the default
 * one is declined, another one works. `wire`: nothing on file.
 */
export type Pays = CardName | DebitName | 'card-on-request' | 'second-card' | 'wire';

type Paying = Pick<WrittenAccount, 'autopay' | 'terms' | 'defaultMethodId' | 'paymentMethods'>;

const isDebit = (pays: Pays): pays is DebitName => Object.hasOwn(DEBITS, pays);

export function payingFor(pays: Pays, accountId: string, country: string): Paying {
  const method = ({ token, ...shown }: Instrument, number: number) => ({
    methodId: `${shown.kind === 'card' ? 'card' : 'bank'}-${number}`,
    ...shown,
    ...(shown.kind === 'card' ? { expires: '2030-08' } : {}),
    processorCustomer: `cus_${accountId}`,
    processorMethod: `${token}__${accountId}`,
  });
  const charged = (autopay: boolean, ...instruments: Instrument[]): Paying => {
    const paymentMethods = instruments.map((instrument, index) => method(instrument, index + 1));
    return { autopay, terms: 'card', defaultMethodId: paymentMethods[0]!.methodId, paymentMethods };
  };
  if (pays === 'wire') return { autopay: false, terms: 'wire', paymentMethods: [] };
  if (pays === 'card-on-request') return charged(false, CARDS.visa);
  if (pays === 'second-card') return charged(true, CARDS['never-has-funds'], CARDS.mastercard);
  if (!isDebit(pays)) return charged(true, CARDS[pays]);
  const { last4, american, european } = DEBITS[pays];
  const isAmerican = country === 'US';
  const brand = isAmerican ? 'ACH debit' : 'SEPA debit';
  return charged(true, { kind: 'bank-debit', brand, last4, token: isAmerican ? american : european });
}
