import { html } from 'hono/html';
import { ApiError } from './api-error.ts';
import { parseForm } from './parameters.ts';
import type { Setups } from './setups.ts';

/** What can be chosen on the page, by type; each behaves as its name says when it is charged later. */
const OFFERED: Readonly<Record<string, readonly (readonly [token: string, label: string])[]>> = {
  card: [
    ['pm_card_visa', 'Visa that pays'],
    ['pm_card_mastercard', 'Mastercard that pays'],
    ['pm_card_amex', 'American Express that pays'],
    ['pm_card_authenticationRequired', 'Visa that asks for authentication at each payment'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'Visa without funds'],
    ['pm_card_chargeDeclinedLostCard', 'Visa that was reported lost'],
  ],
  sepa_debit: [
    ['pm_sample_sepaDebit_success', 'SEPA debit that settles after days'],
    ['pm_sample_sepaDebit_returned', 'SEPA debit that comes back'],
  ],
  us_bank_account: [
    ['pm_usBankAccount_success', 'Bank account that settles after days'],
    ['pm_usBankAccount_insufficientFunds', 'Bank account without funds'],
  ],
  paypal: [['pm_sample_paypal', 'PayPal that pays']],
};

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}label{display:block;padding:.4rem 0}' +
  'button{font:inherit;padding:.6rem 1.4rem;margin:1rem 1rem 0 0}';

/** The processor's own page, on which a customer enters a method: here one of the test methods. */
export async function hostedPage(setups: Setups, method: string, id: string, form: string): Promise<PageAnswer> {
  try {
    if (method === 'POST') {
      const location = setups.complete(id, parseForm(form).method ?? '');
      return { status: 303, headers: { location }, body: '' };
    }
    const session = setups.session(id);
    if (session.status !== 'open') return await page(410, html`<p>This page is ${session.status}.</p>`);
    const offered = session.allowed_payment_method_types.flatMap((type) => OFFERED[type] ?? []);
    const choices = offered.map(
      ([token, label]) => html`<label><input type="radio" name="method" value="${token}" required> ${label}</label>`,
    );
    return await page(
      200,
      html`<form method="post">${choices}<button>Save</button><a href="${session.cancel_url}">Cancel</a></form>`,
    );
  } catch (error) {
    if (error instanceof ApiError) return await page(error.status, html`<p>${error.message}</p>`);
    throw error;
  }
}

async function page(status: number, content: ReturnType<typeof html>): Promise<PageAnswer> {
  const body = await html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Add a payment method</title>
    <style>${STYLE}</style><h1>Add a payment method</h1>${content}</html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: String(body) };
}
