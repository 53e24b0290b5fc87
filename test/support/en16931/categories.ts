import { CONDITIONS, taxOf } from './core.ts';
import { amountOf, filled, type Rules, sumOf, type Tax, type Terms } from './terms.ts';

type Of = 'S' | 'Z' | 'E' | 'AE' | 'O';
type Rated = { readonly category: string | undefined; readonly rate: string | undefined };
const of = <T extends Rated>(all: readonly T[], wanted: Of): T[] => all.filter(({ category }) => category === wanted);
const sameRate = (one: Rated, other: Rated) => amountOf(one.rate) === amountOf(other.rate);

/** What a category of tax means for the document: BR-S, BR-Z, BR-E, BR-AE, BR-O. */
function rulesOf(category: Of): Rules {
  const lines = (terms: Terms) => of(terms.lines, category);
  const taxes = (terms: Terms) => of(terms.taxes, category);
  const has = (terms: Terms) => lines(terms).length > 0;
  const hasReason = ({ reason, reasonCode }: Tax) => filled(reason) || filled(reasonCode);
  const basis = (terms: Terms, tax: Tax) => lines(terms).filter((line) => category !== 'S' || sameRate(line, tax));
  const rule = (number: string) => `BR-${category}-${number}`;
  return {
    [rule('01')]: (terms) => {
      const count = taxes(terms).length;
      return has(terms) ? count === 1 || (category === 'S' && count > 1) : count === 0;
    },
    [rule('02')]: (terms) => !has(terms) || IDENTIFIED[category](terms),
    [rule('05')]: (terms) => lines(terms).every(({ rate }) => RATED[category](rate)),
    [rule('08')]: (terms) =>
      taxes(terms).every((tax) => amountOf(tax.base) === sumOf(basis(terms, tax).map(({ amount }) => amount))),
    [rule('09')]: (terms) =>
      category === 'S'
        ? CONDITIONS['BR-CO-17']!({ ...terms, taxes: taxes(terms) })
        : taxes(terms).every(({ amount }) => amountOf(amount) === 0n),
    [rule('10')]: (terms) => taxes(terms).every((tax) => hasReason(tax) === FREE.includes(category)),
  };
}

const FREE: readonly Of[] = ['E', 'AE', 'O'];
const registered = ({ seller }: Terms) => filled(seller.vatId);
const IDENTIFIED: Readonly<Record<Of, (terms: Terms) => boolean>> = {
  S: registered,
  Z: registered,
  E: registered,
  AE: (terms) => registered(terms) && (filled(terms.buyer.vatId) || filled(terms.buyer.legalId?.id)),
  O: (terms) => taxOf(terms) === 'GST' || (!filled(terms.seller.vatId) && !filled(terms.buyer.vatId)),
};
const isZero = (rate: string | undefined) => filled(rate) && amountOf(rate) === 0n;
const RATED: Readonly<Record<Of, (rate: string | undefined) => boolean>> = {
  S: (rate) => amountOf(rate) > 0n,
  Z: isZero,
  E: isZero,
  AE: isZero,
  O: (rate) => rate === undefined,
};

const alone = (all: readonly Rated[]) => all.every(({ category }) => category === 'O');

export const CATEGORIES: Rules = {
  ...rulesOf('S'),
  ...rulesOf('Z'),
  ...rulesOf('E'),
  ...rulesOf('AE'),
  ...rulesOf('O'),
  'BR-O-11': ({ taxes }) => of(taxes, 'O').length === 0 || alone(taxes),
  'BR-O-12': ({ taxes, lines }) => of(taxes, 'O').length === 0 || alone(lines),
};
