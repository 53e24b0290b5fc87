import type { Account } from '../domain/account.ts';
import type { Instant } from '../domain/calendar.ts';
import { type Delivery, type DeliveryId, DOCUMENTS, type RecipientOutcome, type Reissue } from '../domain/delivery.ts';
import { BillingError } from '../domain/errors.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { AgainLog } from '../domain/mail-again.ts';
import type { Receivable } from '../domain/receivable.ts';
import { nthOf, type SendingOf, sendingAt } from '../domain/sendings.ts';
import type { DeliveryStore } from '../ports.ts';
import { deliveryItem } from './delivery-item.ts';
import { accountKey, againLogKey, deliveryKey, invoiceKey, receivableKey } from './keys.ts';
import { noteReach } from './note-reach.ts';
import { readEach } from './read-many.ts';
import { sendAgain } from './send-again.ts';
import { sendingPath } from './sending-path.ts';
import { entity, type Item, put, read, type ShardsOf, type Table, update } from './table.ts';

/** Deliveries: one item per document of an account, with what became of each recipient. */
export function createDeliveryStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): DeliveryStore {
  return {
    delivery: (id) => read<Delivery>(table, deliveryKey(id)),

    async loadForMail(id) {
      const { accountId, about, document } = id;
      const ofInvoice = DOCUMENTS[document] === 'invoice';
      const [delivery, account, invoice, receivable] = await readEach(table, [
        deliveryKey(id),
        accountKey(accountId),
        ...(ofInvoice ? [invoiceKey(accountId, about)] : []),
        ...(ofInvoice && document !== 'invoice' ? [receivableKey(accountId, about)] : []),
      ]);
      return {
        delivery: delivery as Delivery | undefined,
        account: account as Account | undefined,
        invoice: invoice as Invoice | undefined,
        receivable: receivable as Receivable | undefined,
      };
    },

    invoice: (accountId, invoiceId) => read<Invoice>(table, invoiceKey(accountId, invoiceId)),

    async beginDelivery(delivery) {
      const begun = await put(table, {
        Item: deliveryItem(delivery, shardsOf),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return begun.written ? 'written' : 'already-done';
    },

    async recordPdf(delivery, pdf) {
      const recorded = await update(table, {
        Key: deliveryKey(delivery),
        UpdateExpression: 'SET pdf = :pdf',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(pdf)',
        ExpressionAttributeValues: { ':pdf': pdf },
      });
      if (recorded.written) return pdf;
      if (!recorded.stored) throw missing(delivery);
      return recorded.stored.pdf as NonNullable<Delivery['pdf']>;
    },

    async recordReissue(delivery, reissue) {
      const { reissues = [] } = delivery;
      // A copy that was made beside the original, and takes its place only now, is put on record once more.
      const isKnown = ({ sha256, inPlace }: Reissue) =>
        sha256 === reissue.sha256 && (inPlace === true || reissue.inPlace === undefined);
      if (reissues.some(isKnown)) return 'already-done';
      const recorded = await update(table, {
        Key: deliveryKey(delivery),
        UpdateExpression: 'SET reissues = list_append(if_not_exists(reissues, :none), :reissue)',
        ConditionExpression: reissues.length === 0 ? 'attribute_not_exists(reissues)' : 'size(reissues) = :known',
        ExpressionAttributeValues: {
          ...{ ':none': [], ':reissue': [reissue] },
          ...(reissues.length > 0 && { ':known': reissues.length }),
        },
      });
      return recorded.written ? 'written' : 'stale';
    },

    claimRecipients: (delivery, emails, now) => claim(table, delivery, emails, now),

    async concludeRecipients(delivery, outcomes, completedAt) {
      const completed = await conclude(table, delivery, outcomes, completedAt);
      return { ...(completed && { completed }) };
    },

    releaseRecipients: (delivery, emails) => release(table, delivery, emails),

    noteReach: (delivery, unreachedSince) => noteReach(table, delivery, unreachedSince),

    againLog: (accountId) => read<AgainLog>(table, againLogKey(accountId)),

    sendAgain: (delivery, sending, log) => sendAgain({ table, shardsOf }, delivery, sending, log),
  };
}

// Each of the following writes all its recipients at once. Refused, it goes on with those that were not to blame, which
// are fewer every time.

async function claim(
  table: Table,
  delivery: SendingOf,
  emails: readonly string[],
  now: Instant,
): Promise<readonly string[]> {
  if (emails.length === 0) return [];
  const { pdf } = delivery;
  const at = sendingPath(delivery);
  const claims = forEach(emails, (recipient) => `${at}${recipient} = :claim`);
  const claimed = await update(table, {
    Key: deliveryKey(delivery),
    // The map in which arrivals are noted, so that each of them is one write.
    UpdateExpression: `SET ${[...claims, `${at}arrived = if_not_exists(${at}arrived, :none)`, ...(pdf ? ['pdf = if_not_exists(pdf, :pdf)'] : [])].join(', ')}`,
    ConditionExpression: [
      'attribute_exists(pk)',
      ...forEach(emails, (recipient) => `attribute_not_exists(${at}${recipient})`),
      ...(pdf ? ['(attribute_not_exists(pdf) OR pdf.sha256 = :sha256)'] : []),
    ].join(' AND '),
    ExpressionAttributeNames: namesOf(emails),
    ExpressionAttributeValues: {
      ':claim': { status: 'sending', at: now },
      ':none': {},
      ...(pdf && { ':pdf': pdf, ':sha256': pdf.sha256 }),
    },
  });
  if (claimed.written) return emails;
  const { statusOf, recorded } = standing(claimed.stored, delivery);
  if (pdf && recorded && recorded.sha256 !== pdf.sha256) throw new BillingError('document_mismatch', pdf.key);
  const free = emails.filter((email) => statusOf(email) === undefined);
  return claim(table, delivery, free, now);
}

async function conclude(
  table: Table,
  delivery: SendingOf,
  outcomes: Readonly<Record<string, RecipientOutcome>>,
  completedAt: Instant | undefined,
): Promise<Delivery | undefined> {
  const emails = Object.keys(outcomes);
  const completes = completedAt !== undefined;
  if (emails.length === 0 && !completes) return undefined;
  const { pdf } = delivery;
  const at = sendingPath(delivery);
  const sets = forEach(emails, (recipient, index) => `${at}${recipient} = :outcome${index}`);
  if (pdf) sets.push('pdf = if_not_exists(pdf, :pdf)');
  const claimed = emails.some((email) => outcomes[email]?.status !== 'skipped');
  const open = forEach(emails, (recipient, index) =>
    outcomes[emails[index]!]?.status === 'skipped'
      ? `attribute_not_exists(${at}${recipient})`
      : `${at}${recipient}.#status IN (:sending, :uncertain)`,
  );
  const concluded = await update(table, {
    Key: deliveryKey(delivery),
    UpdateExpression: completes
      ? `SET ${[...sets, `${at}completedAt = :completedAt`].join(', ')} REMOVE workPk, workSk`
      : `SET ${sets.join(', ')}`,
    ConditionExpression: [
      'attribute_exists(pk)',
      ...open,
      ...(completes ? [`attribute_not_exists(${at}completedAt)`] : []),
    ].join(' AND '),
    ...(emails.length > 0 && {
      ExpressionAttributeNames: { ...namesOf(emails), ...(claimed && { '#status': 'status' }) },
    }),
    ExpressionAttributeValues: {
      ...Object.fromEntries(emails.map((email, index) => [`:outcome${index}`, outcomes[email]])),
      ...(claimed && { ':sending': 'sending', ':uncertain': 'uncertain' }),
      ...(completes && { ':completedAt': completedAt }),
      ...(pdf && { ':pdf': pdf }),
    },
    ...(completes && { ReturnValues: 'ALL_NEW' as const }),
  });
  if (concluded.written) return concluded.attributes && entity<Delivery>(concluded.attributes);
  // A final outcome stands. `uncertain` is what another invocation thought of a claim whose owner is still at work.
  const { statusOf, isCompleted } = standing(concluded.stored, delivery);
  const remaining = Object.entries(outcomes).filter(([email, { status }]) =>
    status === 'skipped'
      ? statusOf(email) === undefined
      : ['sending', 'uncertain'].includes(statusOf(email) ?? 'nobody'),
  );
  return conclude(table, delivery, Object.fromEntries(remaining), isCompleted ? undefined : completedAt);
}

async function release(table: Table, delivery: SendingOf, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  const at = sendingPath(delivery);
  const released = await update(table, {
    Key: deliveryKey(delivery),
    UpdateExpression: `REMOVE ${forEach(emails, (recipient) => `${at}${recipient}`).join(', ')}`,
    ConditionExpression: forEach(emails, (recipient) => `${at}${recipient}.#status = :sending`).join(' AND '),
    ExpressionAttributeNames: { ...namesOf(emails), '#status': 'status' },
    ExpressionAttributeValues: { ':sending': 'sending' },
  });
  if (released.written) return;
  const { statusOf } = standing(released.stored, delivery);
  const claimed = emails.filter((email) => statusOf(email) === 'sending');
  await release(table, delivery, claimed);
}

/** A piece of an expression for every recipient; `namesOf` says who is meant. */
const forEach = (emails: readonly string[], piece: (recipient: string, index: number) => string): string[] =>
  emails.map((_email, index) => piece(`recipients.#${index}`, index));
const namesOf = (emails: readonly string[]): Record<string, string> =>
  Object.fromEntries(emails.map((email, index) => [`#${index}`, email.toLowerCase()]));

/** What stood there when a write was refused. Throws when there was no delivery at all. */
function standing(stored: Item | undefined, delivery: SendingOf) {
  const sending = stored && sendingAt(entity<Delivery>(stored), nthOf(delivery));
  if (!sending) throw missing(delivery);
  const { recipients, completedAt, pdf } = sending;
  return {
    recorded: pdf,
    statusOf: (email: string) => recipients[email.toLowerCase()]?.status,
    isCompleted: completedAt !== undefined,
  };
}

const missing = ({ accountId, about, document }: DeliveryId): Error =>
  new Error(`There is no delivery of ${document} for ${accountId} ${about}`);
