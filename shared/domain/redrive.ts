import type { Account } from './account.ts';
import { DOCUMENTS, type DocumentKind } from './delivery.ts';
import type { Receivable } from './receivable.ts';
import type { CollectionEffect } from './redrive-collection.ts';

/** What the table says now about the work of a dead letter. */
export interface RedriveFacts {
  readonly account?: Account;
  readonly receivable?: Receivable;
  /** What a notice is about, as people call it: `credit note NTIE-CN-202612A-000001`. */
  readonly subject?: string;
  /** What redriving a collection does. */
  readonly collection?: CollectionEffect;
}

/** A dead letter's work, as its message names it. */
export type RedriveJob =
  | { readonly queue: 'runs'; readonly businessDate: string; readonly shard: number }
  | { readonly queue: 'invoices'; readonly accountId: string; readonly billingDate: string }
  | { readonly queue: 'collections'; readonly accountId: string; readonly invoiceId: string }
  | { readonly queue: 'deliveries' | 'dunning'; readonly accountId: string; readonly invoiceId: string }
  | { readonly queue: 'notices'; readonly accountId: string; readonly about: string; readonly document: DocumentKind }
  | {
      readonly queue: 'services';
      readonly accountId: string;
      readonly number: number;
      readonly action: 'suspend' | 'reactivate';
    }
  | { readonly queue: 'lookups'; readonly kind: string; readonly id: string }
  | { readonly queue: 'feedback'; readonly kind: string; readonly document: string }
  | { readonly queue: 'erasures'; readonly accountId: string }
  | { readonly queue: 'exports'; readonly exportId: string }
  | { readonly queue: 'imports' | 'usage'; readonly key: string; readonly line: number };

/**
 * What redriving the job would do now, as a sentence for operations. Redriving is safe however often it is done; this
 * says whether it would still change anything.
 */
export function describeRedrive(job: RedriveJob, facts: RedriveFacts): string {
  switch (job.queue) {
    case 'runs':
      return `Plans the remaining accounts of shard ${job.shard} of the run of ${job.businessDate}; accounts invoiced already are not invoiced again.`;
    case 'invoices':
      return describeInvoice(job.accountId, job.billingDate, facts.account);
    case 'services':
      return describeServices(job, facts.account);
    case 'lookups':
      return `Asks the processor about ${job.id} and compares it with the books; no payment is made by it.`;
    case 'feedback':
      return `Notes on the delivery of ${job.document} what became of a mail (${job.kind}); nothing is mailed by it.`;
    case 'imports':
      return `Goes on loading ${job.key}; accounts that exist are left as they are.`;
    case 'usage':
      return `Goes on with ${job.key}; records that were counted are not counted again.`;
    case 'erasures':
      return `Deletes the customer of the erased account ${job.accountId} at the processor, if it is still there and nothing is open.`;
    case 'exports':
      return `Goes on with export ${job.exportId} behind what is packed already.`;
    case 'collections':
      return facts.collection?.words ?? noInvoice(job);
    case 'notices':
      return describeNotice(job, facts.subject);
    default:
      return describeInvoiceStep(job, facts.receivable);
  }
}

function describeInvoice(accountId: string, billingDate: string, account: Account | undefined): string {
  if (account === undefined) return `Fails again: account ${accountId} does not exist.`;
  if (account.nextBillingDate > billingDate)
    return `Changes nothing: account ${accountId} was billed for ${billingDate} meanwhile.`;
  if (account.hold !== undefined) return `Notes account ${accountId} as held: ${account.hold.reason}.`;
  return `Issues the invoice of account ${accountId} for ${billingDate}, once.`;
}

function describeServices(
  { accountId, action, number }: Extract<RedriveJob, { queue: 'services' }>,
  account: Account | undefined,
): string {
  if (account === undefined) return `Fails again: account ${accountId} does not exist.`;
  const { services } = account;
  const awaited = action === 'suspend' ? 'suspending' : 'reactivating';
  if (services.number !== number || services.status !== awaited)
    return `Changes nothing: the services of account ${accountId} are ${services.status} meanwhile.`;
  return `Tells provisioning to ${action} the services of account ${accountId} (number ${number}).`;
}

function describeNotice(
  { accountId, about, document }: Extract<RedriveJob, { queue: 'notices' }>,
  subject: string | undefined,
): string {
  if (subject === undefined)
    return `Fails again: account ${accountId} has no ${DOCUMENTS[document].replace('-', ' ')} ${about.replaceAll('#', '-')}.`;
  return `Mails the notice "${document}" about ${subject} to the recipients who did not get it.`;
}

type InvoiceStep = Extract<RedriveJob, { queue: 'deliveries' | 'dunning' }>;

const noInvoice = ({ accountId, invoiceId }: { readonly accountId: string; readonly invoiceId: string }): string =>
  `Fails again: account ${accountId} has no invoice ${invoiceId.replace('#', '-')}.`;

function describeInvoiceStep(job: InvoiceStep, receivable: Receivable | undefined): string {
  if (receivable === undefined) return noInvoice(job);
  const invoice = `invoice ${receivable.number}`;
  switch (job.queue) {
    case 'deliveries':
      return `Renders ${invoice} if it has no PDF yet and mails it to the recipients who did not get it.`;
    case 'dunning':
      return receivable.status === 'paid'
        ? `Changes nothing: ${invoice} is paid.`
        : `Takes the next dunning step of ${invoice}, if its day has come.`;
  }
}
