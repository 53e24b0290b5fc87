import { describe, expect, it } from 'vitest';
import type { Account, ServiceState } from '../../shared/domain/account.ts';
import type { Collection, Receivable } from '../../shared/domain/receivable.ts';
import { describeRedrive, type RedriveFacts, type RedriveJob } from '../../shared/domain/redrive.ts';
import { account } from '../support/accounts.ts';

const ofInvoice = { accountId: 'acme', invoiceId: '2026-12#cycle' };
const owing = (collection: Partial<Collection> = {}, more: Partial<Receivable> = {}): RedriveFacts => ({
  receivable: {
    ...ofInvoice,
    sellerId: 'northwind-ie',
    number: 'NTIE-202612A-000042',
    series: 'A',
    kind: 'cycle',
    month: '2026-12',
    invoiceDate: '2026-12-01',
    dueDate: '2026-12-16',
    currency: 'EUR',
    total: 28229,
    due: 28229,
    status: 'unpaid',
    collection: { state: 'idle', attempts: 0, ...collection },
    dunning: { step: 0 },
    version: 1,
    ...more,
  },
});
const paid = owing({}, { status: 'paid', due: 0 });
const having = (more: Partial<Account>): RedriveFacts => ({ account: account('IE', 'EUR', more) });
const services = (status: ServiceState['status'], number = 1) => having({ services: { status, number } });
const suspend: RedriveJob = { queue: 'services', accountId: 'acme', number: 1, action: 'suspend' };
const issue: RedriveJob = { queue: 'invoices', accountId: 'acme', billingDate: '2026-12-01' };
const collect: RedriveJob = { queue: 'collections', ...ofInvoice };
const hold = { reason: 'Contract under review', since: '2026-11-01T00:00:00.000Z' };

describe('what a redrive would do is said in words', () => {
  it.each<[string, RedriveJob, RedriveFacts, string]>([
    [
      'an invoice still to issue',
      issue,
      having({ nextBillingDate: '2026-12-01' }),
      'Issues the invoice of account acme for 2026-12-01, once.',
    ],
    [
      'an invoice issued meanwhile',
      issue,
      having({ nextBillingDate: '2027-01-01' }),
      'Changes nothing: account acme was billed for 2026-12-01 meanwhile.',
    ],
    [
      'an account on hold',
      issue,
      having({ nextBillingDate: '2026-12-01', hold }),
      'Notes account acme as held: Contract under review.',
    ],
    ['an account that does not exist', issue, {}, 'Fails again: account acme does not exist.'],
    ['services of an account that does not exist', suspend, {}, 'Fails again: account acme does not exist.'],
    [
      'a reactivation that is awaited',
      { ...suspend, action: 'reactivate' },
      services('reactivating'),
      'Tells provisioning to reactivate the services of account acme (number 1).',
    ],
    [
      'a reactivation while the services are being suspended',
      { ...suspend, action: 'reactivate' },
      services('suspending'),
      'Changes nothing: the services of account acme are suspending meanwhile.',
    ],
    ['a collection', collect, { collection: { words: 'Charges.' } }, 'Charges.'],
    ['an invoice that does not exist', collect, {}, 'Fails again: account acme has no invoice 2026-12-cycle.'],
    [
      'a delivery',
      { queue: 'deliveries', ...ofInvoice },
      owing(),
      'Renders invoice NTIE-202612A-000042 if it has no PDF yet and mails it to the recipients who did not get it.',
    ],
    [
      'a notice',
      { queue: 'notices', accountId: 'acme', about: '2026-12#cycle', document: 'final-notice' },
      { subject: 'invoice NTIE-202612A-000042' },
      'Mails the notice "final-notice" about invoice NTIE-202612A-000042 to the recipients who did not get it.',
    ],
    [
      'a credit note',
      { queue: 'notices', accountId: 'acme', about: '2026-12#cycle#wrong', document: 'credit-note' },
      { subject: 'credit note NTIE-CN-202612A-000001' },
      'Mails the notice "credit-note" about credit note NTIE-CN-202612A-000001 to the recipients who did not get it.',
    ],
    [
      'a notice about what does not exist',
      { queue: 'notices', accountId: 'acme', about: '2026-12#cycle#wrong', document: 'credit-note' },
      {},
      'Fails again: account acme has no credit note 2026-12-cycle-wrong.',
    ],
    [
      'a dunning step',
      { queue: 'dunning', ...ofInvoice },
      owing(),
      'Takes the next dunning step of invoice NTIE-202612A-000042, if its day has come.',
    ],
    [
      'a dunning step of a paid invoice',
      { queue: 'dunning', ...ofInvoice },
      paid,
      'Changes nothing: invoice NTIE-202612A-000042 is paid.',
    ],
    [
      'a suspension that is awaited',
      suspend,
      services('suspending'),
      'Tells provisioning to suspend the services of account acme (number 1).',
    ],
    [
      'a suspension that was overtaken',
      suspend,
      services('active'),
      'Changes nothing: the services of account acme are active meanwhile.',
    ],
    [
      'an earlier suspension',
      suspend,
      services('suspending', 2),
      'Changes nothing: the services of account acme are suspending meanwhile.',
    ],
    [
      'a shard of a run',
      { queue: 'runs', businessDate: '2026-12-01', shard: 3 },
      {},
      'Plans the remaining accounts of shard 3 of the run of 2026-12-01; accounts invoiced already are not invoiced again.',
    ],
    [
      'an import',
      { queue: 'imports', key: 'accounts/may.jsonl', line: 7 },
      {},
      'Goes on loading accounts/may.jsonl; accounts that exist are left as they are.',
    ],
    [
      'an export',
      { queue: 'exports', exportId: 'audit-2026' },
      {},
      'Goes on with export audit-2026 behind what is packed already.',
    ],
    [
      'a file of usage',
      { queue: 'usage', key: 'usage/asterisk/northwind-ie/Master.csv', line: 7 },
      {},
      'Goes on with usage/asterisk/northwind-ie/Master.csv; records that were counted are not counted again.',
    ],
  ])('%s', (_what, job, facts, sentence) => expect(describeRedrive(job, facts)).toBe(sentence));
});
