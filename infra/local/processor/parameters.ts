import { invalid } from './api-error.ts';

/** Form-encoded parameters, flat, as they are sent: `metadata[invoice]`, `expand[0]`. */
export type Parameters = Readonly<Record<string, string>>;

export const parseForm = (text: string): Parameters => Object.fromEntries(new URLSearchParams(text));

/** Refuses parameters the route does not know, as Stripe does: a misspelt one must not pass here either. */
export function only(parameters: Parameters, ...known: string[]): void {
  const unknown = Object.keys(parameters).find((name) => !known.includes(name.split('[')[0] ?? name));
  if (unknown) throw invalid(`Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', param: unknown });
}

export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (!value) throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  return value;
}

/** Minor units, whole yen in JPY; Stripe's smallest charge is 50 of the currencies billed here (docs.stripe.com/currencies), 30 in GBP. */
export function amountOf(parameters: Parameters, currency: string): number {
  const text = required(parameters, 'amount');
  if (!/^\d{1,8}$/.test(text))
    throw invalid(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param: 'amount' });
  const amount = Number(text);
  if (amount < (currency === 'gbp' ? 30 : 50)) {
    throw invalid(`Amount must be at least ${currency === 'jpy' ? '¥50 jpy' : '50 cents'}`, {
      code: 'amount_too_small',
      param: 'amount',
    });
  }
  return amount;
}

const CURRENCIES = ['usd', 'cad', 'aud', 'gbp', 'eur', 'jpy'];

export function currencyOf(parameters: Parameters): string {
  const currency = required(parameters, 'currency');
  if (!CURRENCIES.includes(currency)) throw invalid(`Invalid currency: ${currency}.`, { param: 'currency' });
  return currency;
}

export function metadataOf(parameters: Parameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => {
      const key = /^metadata\[([^\]]+)\]$/.exec(name)?.[1];
      return key ? [[key, value]] : [];
    }),
  );
}

export const expands = (parameters: Parameters, field: string): boolean =>
  Object.entries(parameters).some(([name, value]) => /^expand\[\d*\]$/.test(name) && value === field);
