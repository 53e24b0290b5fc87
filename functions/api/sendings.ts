import { randomUUID } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { attempts } from '../../shared/aws/retry.ts';
import { overtakenBy } from '../../shared/delivery/subjects/overtaken.ts';
import { type Account, UNDELIVERABLE_REASONS } from '../../shared/domain/account.ts';
import { type Delivery, type DeliveryId, DOCUMENT_KINDS, DOCUMENTS } from '../../shared/domain/delivery.ts';
import { addressKey } from '../../shared/domain/mail-address.ts';
import {
  type AddressPlan,
  AgainRefused,
  addressesOf,
  decideAgain,
  markedByOutcomes,
} from '../../shared/domain/mail-again.ts';
import { mailedTo } from '../../shared/domain/quotes/quote.ts';
import { latestSending, sendings } from '../../shared/domain/sendings.ts';
import { emailSchema } from '../../shared/import/recipient-schema.ts';
import type { LoadedForMail } from '../../shared/ports.ts';
import { actsAsCustomer } from './access.ts';
import { type ApiDeps, type ApiEnv, newRoutes, permittedForAccount } from './context.ts';
import { deliveryView, viewDelivery } from './deliveries.ts';
import { fingerprintOf, idempotencyHeader, sameContent } from './idempotency.ts';
import { Problem, productProblem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, json, TOO_MANY_PROBLEM } from './route-parts.ts';

/** Requests for several documents of an account at once get in each other's way. */
const TRIES = 10;

const wishSchema = z.strictObject({
  document: z.enum(DOCUMENT_KINDS),
  about: z.string().min(1).max(200).describe('The id of what the document is about, as deliveries name it.'),
  occurrence: z.int().min(1).default(1),
  recipients: z
    .array(emailSchema)
    .min(1)
    .max(5)
    .optional()
    .describe('Of those who get this document, the ones that it is to go to again. Absent: all.'),
});
type Wish = z.output<typeof wishSchema>;

const answer = z.object({
  outcome: z.enum(['sending', 'repeated']).describe('`repeated`: this request had been made before, and counts once.'),
  sending: z.int().describe('Which sending of the document it is; the first was 1.'),
  recipients: z.array(
    z.object({
      email: z.string(),
      stopped: z
        .enum(UNDELIVERABLE_REASONS)
        .optional()
        .describe('Nothing is mailed there, and why. Confirm or replace the address first. Absent: it is mailed to.'),
    }),
  ),
  delivery: deliveryView,
});
type Answer = z.infer<typeof answer>;

/** Whoever lost a document, or had the wrong address on record, has it mailed again. */
export function sendingsAgain() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/sendings',
      summary: 'Sends an invoice, credit note, notice, quote or cancellation again',
      description:
        'To all who get such a document now, or to those named of them, each at most once. An invoice comes with the very PDF that was ' +
        'sent. A document that is not true any more (a quote that expired, a final notice of another amount) is refused with 409. Customers ' +
        'have a document sent again twice within 24 hours, the telecom five times; and of an account no more than 20 documents within 24 ' +
        'hours, the telecom 50, whoever asked for them. Then 429 (`sent_too_often`, `account_sent_too_often`) says in `retryAt` when it may ' +
        'be again. What is mailed by itself never counts and never waits for this.',
      tags: ['Invoices'],
      middleware: permittedForAccount('document.resend'),
      request: { params: accountParams, headers: idempotencyHeader, body: body(wishSchema) },
      responses: { 202: json('To whom it is sent.', answer), ...CHANGE_PROBLEMS, ...TOO_MANY_PROBLEM },
    }),
    async (c) => {
      const { deps, now, input, principal } = c.var;
      const wish = c.req.valid('json');
      const key = c.req.valid('header')['idempotency-key'];
      const fingerprint = fingerprintOf(wish);
      const saved = key && (await deps.store.savedRequest(input.account.accountId, key));
      if (saved) sameContent(saved, fingerprint);
      const { sellerId } = input.account;
      const askedBy = actsAsCustomer(principal, 'document.resend', sellerId) ? 'customer' : 'telecom';
      const asked = { wish, key, fingerprint, askedBy, requestId: key ?? randomUUID(), now } as const;
      return c.json(await sentAgain(deps, input.account, asked), 202);
    },
  );
  return routes;
}

interface Asked {
  readonly wish: Wish;
  readonly key: string | undefined;
  readonly fingerprint: string;
  readonly askedBy: 'customer' | 'telecom';
  readonly requestId: string;
  readonly now: ApiEnv['Variables']['now'];
}

/** Repeated it finds its own sending, and has it carried out should that have been lost. */
async function sentAgain(deps: ApiDeps, account: Account, asked: Asked): Promise<Answer> {
  const { wish, requestId } = asked;
  const { document, about, occurrence } = wish;
  const id: DeliveryId = { accountId: account.accountId, document, about, occurrence };
  let isFirst = true;
  for await (const _last of attempts(TRIES)) {
    const [read, log] = await Promise.all([deps.store.loadForMail(id), deps.store.againLog(id.accountId)]);
    const { delivery } = read;
    if (delivery?.sellerId !== account.sellerId)
      throw new Problem(404, 'document_not_sent', 'The account has no such document that was sent.', {
        field: 'about',
      });
    const recipients = await recipientsOf(deps, account, delivery);
    const known = (delivery.again ?? []).findIndex((sending) => sending.requestId === requestId);
    if (known >= 0) {
      await carryOut(deps, delivery);
      const addresses = addressesOf(recipients, delivery.again![known]!.to);
      // One that this very call wrote, the answer to which was lost, is its first.
      return answerOf(isFirst ? 'repeated' : 'sending', known + 2, addresses, delivery);
    }
    isFirst = false;
    const plan = decideAgain({ ...asked, delivery, log, recipients, to: wish.recipients });
    await refuseOvertaken(deps, account, { ...read, delivery }, asked);
    await claim(deps, account, asked);
    if ((await deps.store.sendAgain(delivery, plan.sending, plan.log)) === 'stale') continue;
    const begun = { ...delivery, again: [...(delivery.again ?? []), plan.sending] };
    await carryOut(deps, begun);
    return answerOf('sending', sendings(begun), plan.addresses, begun);
  }
  throw productProblem('account_changed');
}

/** A quote goes to whom it was made for, who need not be a recipient of the account's other mails. */
async function recipientsOf({ store }: ApiDeps, { accountId, recipients }: Account, delivery: Delivery) {
  const quote = DOCUMENTS[delivery.document] === 'quote' ? await store.quote(accountId, delivery.about) : undefined;
  const meant = quote && mailedTo(quote, recipients);
  if (meant === undefined) return recipients;
  const known = new Set(recipients.map(({ email }) => addressKey(email)));
  return meant.map((person) => (known.has(addressKey(person.email)) ? person : markedByOutcomes(person, delivery)));
}

async function refuseOvertaken(
  { store, stage }: ApiDeps,
  account: Account,
  read: LoadedForMail & { readonly delivery: Delivery },
  { wish, now }: Asked,
): Promise<void> {
  const { document, about, occurrence } = wish;
  if (document === 'invoice') return;
  const { sellerId, accountId } = account;
  const message = { sellerId, accountId, about, document, occurrence };
  const order = { message, account, read, now };
  const why = await overtakenBy({ store, sellers: stage.sellers }, DOCUMENTS[document], order);
  if (why !== undefined) throw new AgainRefused('document_overtaken', { detail: why });
}

/** Puts the key on record with what it stands for, so that it is not used for anything else. */
async function claim(
  { store }: ApiDeps,
  { accountId }: Account,
  { key, fingerprint, wish, now }: Asked,
): Promise<void> {
  if (key === undefined) return;
  const saved = await store.claimRequest({ accountId, key, fingerprint, at: now, answer: wish });
  if (saved) sameContent(saved, fingerprint);
}

async function carryOut({ queues }: ApiDeps, delivery: Delivery): Promise<void> {
  const { sellerId, accountId, about, document, occurrence } = delivery;
  if (latestSending(delivery).completedAt !== undefined) return;
  if (document === 'invoice') return await queues.send('deliveries', [{ sellerId, accountId, invoiceId: about }]);
  await queues.send('notices', [{ sellerId, accountId, about, document, occurrence }]);
}

const answerOf = (
  outcome: Answer['outcome'],
  sending: number,
  addresses: readonly AddressPlan[],
  delivery: Delivery,
): Answer => ({
  ...{ outcome, sending, delivery: viewDelivery(delivery) },
  recipients: addresses.map(({ email, stopped }) => ({ email, ...(stopped && { stopped }) })),
});
