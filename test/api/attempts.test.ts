import { describe, expect, it } from 'vitest';
import { addHours, addMinutes } from '../../shared/domain/calendar.ts';
import { planAttempt } from '../../shared/domain/collection.ts';
import { conclude, declineOf, opened } from '../../shared/domain/collection-outcome.ts';
import type { PaymentOutcome } from '../../shared/domain/receivable.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import { apiWorld, card, customer, NOW, token } from './world.ts';

const world = apiWorld();

/** The invoice of an autopay account, whose first attempt ends so. */
async function attempted(accountId: string, outcome: PaymentOutcome): Promise<string> {
  await world.load(customer(accountId, { paymentMethods: [card('card-1'), card('card-2')] }));
  const { invoiceId } = await world.invoiced(accountId);
  const store = world.store();
  const receivable = (await store.receivable(accountId, invoiceId))!;
  const { account, methods } = (await store.loadForBilling(accountId))!;
  const plan = planAttempt(receivable, account, methods, [], NOW);
  if (plan.do !== 'attempt') throw new Error(plan.do);
  await store.beginAttempt(receivable, plan.attempt, plan.checkAgainAt);
  const begun = opened(receivable, plan.attempt, plan.checkAgainAt);
  const conclusion = conclude(begun, plan.attempt, [], outcome, NOW, 'UTC');
  if (!conclusion.final) throw new Error('not final');
  const decline = declineOf(conclusion.attempt);
  const { next, attempt } = conclusion;
  await store.concludeAttempt({ receivable: begun, next, attempt, now: NOW, ...(decline && { decline }) });
  return `/accounts/${accountId}/invoices/${invoiceId.replace('#', '-')}`;
}

describe('the attempts of an invoice', () => {
  it('tell customer and operations in advance when which card is tried again, and what to do (R41, R148, C23)', async () => {
    const path = await attempted('in-advance', {
      kind: 'declined',
      hard: false,
      code: 'insufficient_funds',
      reason: 'limit',
    });
    const { body } = await world.call(token.ops, 'GET', `${path}/attempts`, { now: addMinutes(NOW, 10) });
    expect(body).toMatchObject({
      state: 'idle',
      policy: { id: 'fixed-ladder@1', description: expect.stringContaining('168 hours') },
      planned: { methodId: 'card-1', at: [1, 25, 97, 217, 385].map((hours) => addHours(NOW, hours)) },
      attempts: [{ attempt: 1, cause: 'autopay', outcome: 'declined', reason: 'limit', code: 'insufficient_funds' }],
      methods: [
        { methodId: 'card-1', standing: 'resting', until: addHours(NOW, 1) },
        { methodId: 'card-2', standing: 'ready' },
      ],
      steps: ['check-details', 'ask-issuer', 'try-another-card', 'authenticate', 'wait', 'contact-support'],
    });
  });

  it('tell the customer nothing of the processor’s internals', async () => {
    const path = await attempted('no-internals', { kind: 'declined', hard: true, code: 'stolen_card' });
    for (const each of [path, `${path}/attempts`]) {
      const answer = await world.call(token.ownerOf('no-internals'), 'GET', each);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([
        200,
        expect.not.stringMatching(/stolen|pm_card|cus_|pi_/),
      ]);
    }
    const { body } = await world.call(token.ownerOf('no-internals'), 'GET', `${path}/attempts`);
    expect(body).toMatchObject({
      state: 'stopped',
      attempts: [{ reason: 'declined' }],
      methods: [{ standing: 'stopped' }, {}],
    });
    expect(body.planned).toBeUndefined();
  });

  it('are the account’s own', async () => {
    const path = await attempted('own-attempts', { kind: 'needs-authentication' });
    expect((await world.call(token.ownerOf('somebody-else'), 'GET', `${path}/attempts`)).status).toBe(404);
    expect((await world.call(token.ownerOf('own-attempts'), 'GET', `${path.slice(0, -5)}other/attempts`)).status).toBe(
      400,
    );
  });
});

describe('a payment that the bank wants authenticated', () => {
  it('is confirmed with a secret that the customer alone is given, while it waits and not after', async () => {
    const path = await attempted('confirms', { kind: 'needs-authentication' });
    const store = world.store();
    const receivable = (await store.receivable('confirms', '2026-12#cycle'))!;
    const owner = token.ownerOf('confirms');
    expect((await world.call(owner, 'GET', `${path}/confirmation`)).body.code).toBe('nothing_to_confirm');
    const payments = stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: world.processor().url });
    const request = {
      ...{ intentKey: 'confirms', key: 'confirms#002', invoiceTotal: receivable.total, amount: receivable.total },
      ...{ currency: 'EUR', metadata: {}, offSession: false, startedAt: NOW },
      method: { ...card('card-1'), processorMethod: 'pm_card_authenticationRequired' },
    };
    const intentId = await payments.ensureIntent(request);
    expect(await payments.charge({ ...request, intentId })).toEqual({ kind: 'needs-authentication' });
    await store.rememberIntent(receivable, intentId);
    const { status, body } = await world.call(owner, 'GET', `${path}/confirmation`);
    expect([status, body]).toEqual([200, { clientSecret: expect.stringContaining(intentId) }]);
    expect((await world.call(token.finance, 'GET', `${path}/confirmation`)).status).toBe(403);
    expect((await world.call(token.ownerOf('another'), 'GET', `${path}/confirmation`)).status).toBe(404);
    world.processor().authenticate(intentId, true);
    expect((await world.call(owner, 'GET', `${path}/confirmation`)).status).toBe(409);
  });
});
