import { ApiClient, tokenFor } from './api-client.ts';
import { amountOf, type Stage } from './cast-stories.ts';

/** Whose run is looked at. */
const SELLER = 'northwind-us';

interface Entry {
  readonly accountId: string;
  readonly outcome: 'invoice' | 'zero' | 'held';
  readonly currency: string;
  readonly total: number;
  readonly lastTotal?: number;
  readonly difference: number;
  readonly changes: readonly { readonly words: string }[];
}

interface PreviewPage {
  readonly entries: readonly Entry[];
  readonly cursor?: string;
}

/** A run before it happens, and what differs most from the month before. Says nothing when everybody was billed already. */
export async function lookAhead({ stack, apiUrl, say }: Stage, date: string): Promise<void> {
  const finance = new ApiClient(apiUrl, await tokenFor(stack, 'finance'));
  const entries: Entry[] = [];
  let from = '';
  do {
    const page = await finance.get<PreviewPage>(`/sellers/${SELLER}/preview?date=${date}&limit=50${from}`);
    entries.push(...page.entries);
    from = page.cursor === undefined ? '' : `&cursor=${encodeURIComponent(page.cursor)}`;
  } while (from !== '');
  const of = (outcome: Entry['outcome']) => entries.filter((entry) => entry.outcome === outcome);
  const [any] = of('invoice');
  if (any === undefined) return;
  const total = of('invoice').reduce((sum, entry) => sum + entry.total, 0);
  say(
    `A look ahead at ${SELLER}, which writes nothing: ${of('invoice').length} invoices of ${amountOf(total, any.currency)} ` +
      `in all, ${of('zero').length} at zero, ${of('held').length} held.`,
  );
  const compared = of('invoice').filter(({ lastTotal }) => lastTotal !== undefined);
  const [most] = compared.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  if (most !== undefined)
    say(
      `  The biggest difference to a last invoice is ${most.accountId}’s: ${signed(most.difference, most.currency)}. ` +
        `Mostly because: ${most.changes[0]?.words}`,
    );
}

interface Line {
  readonly line: number;
  readonly charge: string;
  readonly description: string;
  readonly amount: number;
}

interface Changes {
  readonly number: string;
  readonly lastNumber?: string;
  readonly difference: number;
  readonly parts: readonly { readonly amount: number; readonly words: string }[];
}

/** Parts of a difference that are shown; the rest is one sum. */
const PARTS = 2;

/** How the largest usage line of one customer came about, and why the bill differs from the last. */
export async function explainUsage({ stack, apiUrl, cast, say }: Stage, month: string): Promise<void> {
  const accountId = cast['suspended-stays'];
  const finance = new ApiClient(apiUrl, await tokenFor(stack, 'finance'));
  type Invoice = { number: string; accountId: string; currency: string; lines: readonly Line[] };
  const invoices = finance.pages<Invoice>(`/sellers/${SELLER}/invoices?month=${month}`, 'invoices');
  for await (const { accountId: of, number, currency } of invoices) {
    if (of !== accountId) continue;
    const path = `/sellers/${SELLER}/invoices/${number}`;
    const { lines } = await finance.get<Invoice>(path);
    const [line] = lines.filter(({ charge }) => charge === 'usage').toSorted((a, b) => b.amount - a.amount);
    if (line === undefined) continue;
    const { words } = await finance.get<{ words: string[] }>(`${path}/lines/${line.line}/explanation`);
    say(`Line ${line.line} of ${accountId}’s ${number}, “${line.description}”, explains itself:`);
    for (const sentence of words) say(`  ${sentence}`);
    return sayChanges(await finance.get<Changes>(`${path}/changes`), currency, say);
  }
}

function sayChanges({ number, lastNumber, difference, parts }: Changes, currency: string, say: Stage['say']): void {
  say(`Against ${lastNumber ?? 'nothing before'}, that bill differs by ${signed(difference, currency)}:`);
  for (const { amount, words } of parts.slice(0, PARTS)) say(`  ${signed(amount, currency)}  ${words}`);
  const rest = parts.slice(PARTS);
  const sum = rest.reduce((total, { amount }) => total + amount, 0);
  if (rest.length > 0)
    say(`  ${signed(sum, currency)}  in ${rest.length} smaller parts: npm run ops -- changes ${number}`);
}

const signed = (amount: number, currency: string): string =>
  `${amount < 0 ? '−' : '+'}${amountOf(Math.abs(amount), currency)}`;
