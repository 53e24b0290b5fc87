import type { sampleCast } from '../sample/telecom.ts';
import type { LocalStack } from '../stack-options.ts';
import { ApiClient, tokenFor } from './api-client.ts';

/** What the stories need: the running stack, the people who act, and where to tell of it. */
export interface Stage {
  readonly stack: LocalStack;
  readonly apiUrl: string;
  readonly cast: ReturnType<typeof sampleCast>;
  readonly say: (line: string) => void;
}

interface AccountView {
  readonly accountId: string;
  readonly name: string;
  readonly currency: string;
  readonly balance: number;
  readonly services: string;
}

interface Letter {
  readonly queue: string;
  readonly jobKey: string;
  readonly accountId?: string;
  readonly reason: string;
}

interface Receipt {
  readonly items: readonly { readonly jobKey: string; readonly effect: string }[];
}

export function amountOf(minorUnits: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
}

/** The services of an account that owes nothing come back by themselves (R39): its billing admin pays the balance. */
export async function suspendedCustomerPays(stage: Stage): Promise<void> {
  const { stack, apiUrl, cast, say } = stage;
  const accountId = cast['suspended-pays'];
  if (accountId === undefined) return;
  const admin = new ApiClient(apiUrl, await tokenFor(stack, 'billing-admin', accountId));
  const before = await admin.get<AccountView>(`/accounts/${accountId}`);
  if (before.services !== 'suspended') return;
  say(`${before.name} is suspended and owes ${amountOf(before.balance, before.currency)}. Its billing admin pays …`);
  await admin.call('POST', `/accounts/${accountId}/payments`, {});
  await stack.settle();
  const after = await admin.get<AccountView>(`/accounts/${accountId}`);
  say(`  … it owes ${amountOf(after.balance, after.currency)}; its services are ${after.services} again.`);
  await logTells(stage, accountId);
}

interface LogEntry {
  readonly by: { readonly by: string };
  readonly changes: readonly { readonly field: string; readonly after?: unknown }[];
}

/** The audit log of an account has all of it; here, how its services came to be what they are (R45). */
async function logTells({ stack, apiUrl, say }: Stage, accountId: string): Promise<void> {
  const ops = new ApiClient(apiUrl, await tokenFor(stack, 'ops'));
  const { entries } = await ops.get<{ entries: LogEntry[] }>(`/accounts/${accountId}/audit-log?limit=200`);
  const states = entries.flatMap(({ by, changes }) =>
    changes.filter(({ field }) => field === 'services.status').map(({ after }) => `${after} by ${by.by}`),
  );
  say(`  Its audit log holds ${entries.length} entries, on the services: ${states.join(', ')}.`);
  say(`  See npm run ops -- audit ${accountId}, and verify-audit ${accountId}`);
}

/** One customer's payment is refused, as by a processor that has our account under review for a moment. */
export function refuseOnePayment({ stack, cast }: Stage): void {
  const saying = new RegExp(`customer=cus_${cast['five-recipients']}(&|$)`);
  stack.processor.faults.add({ kind: '403', on: /^POST \/v1\/payment_intents$/, saying });
}

/** Payments that gave up: ops looks at them, tries a redrive dry, and redrives. */
export async function failedPaymentsAreRedriven({ stack, apiUrl, say }: Stage): Promise<void> {
  const ops = new ApiClient(apiUrl, await tokenFor(stack, 'ops'));
  for await (const letter of ops.pages<Letter>('/dead-letters?queue=collections&status=open', 'deadLetters')) {
    say(`A payment of ${letter.accountId} gave up: ${letter.reason}`);
    const order = { queue: letter.queue, jobKeys: [letter.jobKey] };
    const redrive = (dryRun: boolean) => ops.call<Receipt>('POST', '/dead-letters/redrive', { ...order, dryRun });
    say(`  Ops tries a redrive dry: ${(await redrive(true)).items[0]?.effect}`);
    await redrive(false);
    await stack.settle();
    const account = await ops.get<AccountView>(`/accounts/${letter.accountId}`);
    say(`  … and redrives it: ${account.name} now owes ${amountOf(account.balance, account.currency)}.`);
  }
}
