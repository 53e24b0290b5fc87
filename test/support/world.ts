import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../infra/app.ts';
import { ADMIN_KEY } from '../../infra/local/gateway/authorize.ts';
import { startStack } from '../../infra/local/stack.ts';
import type { LocalStack, StackOptions } from '../../infra/local/stack-options.ts';
import { ApiClient, type Role, tokenFor } from '../../infra/local/story/api-client.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { openTable } from '../../shared/aws/table.ts';
import type { ChainedEntry } from '../../shared/domain/audit/chain.ts';
import type { JournalEntry } from '../../shared/domain/ledger.ts';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';

/** An invoice as the API shows it; amounts in minor units. */
export interface ShownInvoice {
  readonly kind: 'cycle' | 'purchase';
  readonly number: string;
  readonly invoiceId: string;
  readonly accountId: string;
  readonly month: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly total: number;
  readonly due: number;
  readonly subtotal: number;
  readonly taxTotal: number;
  readonly status: 'unpaid' | 'paid';
  readonly collection: { readonly state: string; readonly attempts: number; readonly nextAt?: string };
  readonly lines: readonly {
    readonly charge: string;
    readonly productId: string;
    readonly description: string;
    readonly quantity: number;
    readonly unit: string;
    readonly servicePeriod: { readonly from: string; readonly to: string };
    readonly proration?: { readonly days: number; readonly of: number };
    readonly amount: number;
  }[];
  readonly taxes: readonly { readonly label: string; readonly base: number; readonly amount: number }[];
}

export interface ShownAccount {
  readonly version: number;
  readonly balance: number;
  readonly services: string;
}

const MOST_FIRINGS = 40;

let assembly: Promise<string> | undefined;

/** The whole local stack with a calendar that a scenario turns, seen through the API as people see it. */
export class World {
  readonly stack: LocalStack;
  private readonly clients = new Map<string, Promise<ApiClient>>();

  private constructor(stack: LocalStack) {
    this.stack = stack;
  }

  /** Boots the stack that CDK synthesizes for the sample telecom; its clock starts at `now`. */
  static async start(now: string, options: Partial<StackOptions> = {}): Promise<World> {
    assembly ??= synthesize('local', mkdtempSync(join(tmpdir(), 'telecom-billing-assembly-')));
    return new World(await startStack({ assemblyDir: await assembly, now, ...options }));
  }

  stop(): Promise<void> {
    return this.stack.stop();
  }

  as(role: Role, accountId?: string): Promise<ApiClient> {
    const key = `${role} ${accountId}`;
    let client = this.clients.get(key);
    if (client === undefined) {
      client = tokenFor(this.stack, role, accountId).then((token) => new ApiClient(this.stack.apiUrl ?? '', token));
      this.clients.set(key, client);
    }
    return client;
  }

  async create(...accounts: readonly WrittenAccount[]): Promise<void> {
    const staff = await this.as('staff');
    for (const account of accounts) await staff.call('POST', '/accounts', account);
  }

  /** Adds to or removes from the one subscription of a product. */
  async change(accountId: string, productId: string, effectiveOn: string, delta: number): Promise<void> {
    const staff = await this.as('staff');
    const { version } = await this.account(accountId);
    const path = `/accounts/${accountId}/subscriptions/${subscriptionOf(productId)}/changes`;
    await staff.call('POST', path, { effectiveOn, delta }, { 'if-match': String(version) });
  }

  /** It becomes six in the morning UTC of a date, which is the same date for every seller, or an exact instant. */
  goTo(dateOrInstant: string): void {
    this.stack.clock.moveTo(dateOrInstant.includes('T') ? dateOrInstant : `${dateOrInstant}T06:00:00.000Z`);
  }

  /** The nightly run of a seller, until every queue is still. */
  run(sellerId: string): Promise<void> {
    return this.fire(`plan-billing-run-${sellerId}`);
  }

  /** The nightly comparison of a seller's books with the processor, until every queue is still. */
  reconcile(sellerId: string): Promise<void> {
    return this.fire(`reconcile-processor-${sellerId}`);
  }

  /** A firing that was given up raises an alarm, and a person fires it again. */
  private async fire(schedule: string): Promise<void> {
    for (let attempt = 1; (await this.stack.fire(schedule)) === 'given-up'; attempt++) {
      if (attempt === MOST_FIRINGS) throw new Error(`${schedule} gave up ${attempt} times`);
    }
    await this.stack.settle();
  }

  /** The sweep that AWS fires every five minutes, until every queue is still. */
  async sweep(): Promise<void> {
    const name = this.stack.scheduleNames.find((each) => each.includes('sweep-overdue')) ?? 'sweep-overdue';
    await this.fire(name);
  }

  async account(accountId: string): Promise<ShownAccount> {
    return (await this.as('staff')).get(`/accounts/${accountId}`);
  }

  /** With their lines, oldest first. */
  async invoices(accountId: string): Promise<ShownInvoice[]> {
    const staff = await this.as('staff');
    const found: ShownInvoice[] = [];
    for await (const { invoiceId } of staff.pages<ShownInvoice>(`/accounts/${accountId}/invoices`, 'invoices'))
      found.push(await staff.get(`/accounts/${accountId}/invoices/${invoiceId}`));
    return found.reverse();
  }

  async pay(accountId: string, methodId?: string): Promise<void> {
    const admin = await this.as('billing-admin', accountId);
    await admin.call('POST', `/accounts/${accountId}/payments`, methodId === undefined ? {} : { methodId });
    await this.stack.settle();
  }

  /** The books, straight from the table: the API does not show them yet. */
  async journal(accountId: string): Promise<readonly JournalEntry[]> {
    const http = awsHttp('dynamodb', {
      endpoint: this.stack.gateway.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: ADMIN_KEY, secretAccessKey: 'local' },
    });
    const table = openTable(tableWith('work', this.stack.model.tables), http);
    const numberingOf = () => ({ numberPrefix: 'NT', numberSeries: 1 });
    return await createInvoiceStore({ table, shardsOf: () => 1, numberingOf }).journal(accountId);
  }

  /** The audit log of an account, as finance is shown it, or its own billing admin. */
  async auditLog(accountId: string, role: 'finance' | 'billing-admin' = 'finance'): Promise<ChainedEntry[]> {
    const client = await this.as(role, role === 'billing-admin' ? accountId : undefined);
    const entries: ChainedEntry[] = [];
    for (let after: number | undefined = 0; after !== undefined; ) {
      const path = `/accounts/${accountId}/audit-log?limit=50&after=${after}`;
      const page: { entries: ChainedEntry[]; next?: number } = await client.get(path);
      entries.push(...page.entries);
      after = page.next;
    }
    return entries;
  }

  /** Subjects of the mails to an address, oldest first. */
  mailsTo(address: string): string[] {
    return this.stack.gateway
      .mails()
      .filter(({ to }) => to.includes(address))
      .map(({ subject }) => subject);
  }

  /** What provisioning was told about an account, each event once however often it was put. */
  provisioned(accountId: string): string[] {
    const seen = new Map<string, string>();
    for (const { detailType, detail } of this.stack.gateway.events()) {
      const { eventId, accountId: about } = detail as { eventId: string; accountId: string };
      if (about === accountId) seen.set(eventId, detailType);
    }
    return [...seen.values()];
  }

  /** Successful charges for an account in the processor's own books, in minor units. */
  charged(accountId: string): number[] {
    return this.stack.processor
      .books()
      .charges.filter((charge) => charge.metadata.account === accountId)
      .map((charge) => charge.amount);
  }
}

export const subscriptionOf = (productId: string): string => `sub-${productId}`;

/** The name of the table that has an index. */
function tableWith(index: string, tables: LocalStack['model']['tables']): string {
  const found = tables.find(({ create }) => JSON.stringify(create).includes(`"IndexName":"${index}"`));
  return found?.name ?? '';
}
