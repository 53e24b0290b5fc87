import type { FullRequest } from '../../../infra/local/processor/respond.ts';
import type { Item } from '../../../shared/aws/table.ts';
import type { Account } from '../../../shared/domain/account.ts';
import { dateIn, daysBetween } from '../../../shared/domain/calendar.ts';
import type { Delivery } from '../../../shared/domain/delivery.ts';
import type { PaymentAttempt, Receivable } from '../../../shared/domain/receivable.ts';
import { Files } from '../world/files.ts';
import type { SimulatedProcessor } from '../world/processor.ts';
import type { World } from '../world/world.ts';
import { Instruments } from './instruments.ts';
import { must } from './violation.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Written once and never again. */
const FOR_EVER = /^(INVOICE#|LEDGER#|CREDITNOTE#|ORDER#|REQUEST#)/;

/** What must hold at every moment, looked at with every write and every request to the processor. */
export class Watch {
  readonly #world: World;
  readonly #files: Files;
  readonly #processor: SimulatedProcessor;
  readonly #instruments: Instruments;
  /** By key: the first request under it. */
  readonly #requests = new Map<string, { readonly content: string; readonly at: number }>();
  #events = 0;

  constructor(world: World, processor: SimulatedProcessor) {
    this.#world = world;
    this.#files = new Files(world);
    this.#processor = processor;
    this.#instruments = new Instruments();
    const { machine } = world;
    world.onWrite.push((before, after) => machine.guarded(() => this.#written(before, after)));
    processor.onArrival.push((request) => machine.guarded(() => this.#arrives(request)));
    processor.onChange.push(() => machine.guarded(() => this.#moneyMoved()));
  }

  #written(before: Item | undefined, after: Item | undefined): void {
    const sk = String((after ?? before)?.sk);
    if (FOR_EVER.test(sk)) must(before === undefined, 'what is issued never changes', () => sk);
    if (sk === 'PROFILE' && before && after) this.#account(before as unknown as Account, after as unknown as Account);
    if (sk.startsWith('RECEIVABLE#') && after) this.#receivable(before as Receivable | undefined, after);
    if (sk.startsWith('ATTEMPT#') && after) this.#attempt(before as PaymentAttempt | undefined, after);
  }

  #receivable(before: Receivable | undefined, item: Item): void {
    const { invoiceId, due, disputed = 0, total, version } = item as unknown as Receivable;
    const detail = () => `${invoiceId}: due ${due}, contested ${disputed}, of ${total}`;
    must(due >= 0 && disputed >= 0, 'no invoice is collected above its due', detail);
    must(
      !before || version === before.version + 1 || sweptOnly(before, item),
      'every write to an invoice is counted',
      detail,
    );
  }

  #attempt(before: PaymentAttempt | undefined, item: Item): void {
    const attempt = item as unknown as PaymentAttempt;
    const { accountId, invoiceId, key, outcome } = attempt;
    if (before === undefined) {
      const open = this.#files
        .under<PaymentAttempt>(accountId, `ATTEMPT#${invoiceId}#`)
        .filter((each) => each.outcome === undefined && each.key !== key);
      must(open.length === 0, 'at most one attempt is open', () => `${key} beside ${open[0]?.key}`);
      if (!attempt.observed) this.#instruments.begins(attempt);
    } else {
      must(before.outcome === undefined || attempt.returned !== undefined, 'an outcome is written once', () => key);
    }
    if (outcome && !before?.outcome) {
      this.#world.journal.saw(`outcome: ${nameOf(attempt)}`);
      const old = this.#world.machine.now() - Date.parse(attempt.startedAt) > DAY_MS;
      if (old && attempt.method.kind !== 'bank-debit')
        this.#world.journal.saw('an attempt was open for more than 24 hours');
    }
    if (attempt.returned) this.#world.journal.saw('a debit came back after it had settled');
    this.#instruments.ends(attempt);
  }

  #account(before: Account, after: Account): void {
    const [from, to] = [before.services.status, after.services.status];
    if (from === to) return;
    const { accountId, balance } = after;
    this.#world.journal.saw(`services: ${to}`);
    const detail = () => `${accountId}: ${from} to ${to} with a balance of ${balance}`;
    const undone = after.services.withoutNotice === true;
    if (to === 'reactivating') must(balance === 0 || undone, 'services come back at 0.00 and never before', detail);
    if (to !== 'suspending') return;
    must(balance > 0, 'nothing is cut while nothing is due', detail);
    const { timeZone, dunning } = this.#world.scenario.seller;
    const today = dateIn(this.#world.machine.instant(), timeZone);
    const noticed = this.#files
      .under<Delivery>(accountId, 'DELIVERY#')
      .filter(({ document, completedAt }) => document === 'final-notice' && completedAt !== undefined)
      .some(({ completedAt }) => {
        const days = daysBetween(dateIn(completedAt!, timeZone), today);
        return days >= dunning.suspensionDay - dunning.finalNoticeDay;
      });
    must(noticed, 'notice comes before a suspension', detail);
    must(after.terms !== 'wire', 'who pays by wire is not cut by a machine', detail);
  }

  /** An attempt is on record before the processor hears of it; a key has one content for ever, and is used for a day. */
  #arrives({ method, path, key, form }: FullRequest): void {
    const now = this.#world.machine.now();
    const first = { content: `${path} ${form}`, at: now };
    const known = this.#requests.get(key ?? '') ?? first;
    if (key !== undefined) {
      const both = () => `${key}: ${known.content} and ${first.content}`;
      must(known.content === first.content, 'a key has one content for ever', both);
      this.#requests.set(key, known);
    }
    if (method !== 'POST' || !path.endsWith('/confirm')) return;
    must(key !== undefined, 'a charge has the key of its attempt', () => path);
    must(now - known.at < DAY_MS, 'a key that the processor may have forgotten is not used', () => String(key));
    must(this.#isOnRecord(key!), 'an attempt is on record before the processor is called', () => String(key));
  }

  /** Charges that this product made: open on record, and for no more than was due. */
  #moneyMoved(): void {
    const { events } = this.#processor.service.webhooks;
    for (; this.#events < events.length; this.#events++) {
      const { type, data } = events[this.#events]!;
      const intent = data.object as { id: string; amount_received: number; metadata: Record<string, string> };
      if (type !== 'payment_intent.succeeded') continue;
      const before = events
        .slice(0, this.#events)
        .findLast((event) => (event.data.object as { id: string }).id === intent.id);
      this.#world.journal.saw('money came in');
      if (before?.type === 'payment_intent.requires_action') continue;
      const { account = '', invoice = '' } = intent.metadata;
      const receivable = this.#files.receivables(account).find(({ invoiceId }) => invoiceId === invoice);
      const due = receivable?.due ?? 0;
      must(
        intent.amount_received <= due,
        'no more than due is collected',
        () => `${invoice}: ${intent.amount_received} of ${due}`,
      );
    }
  }

  #isOnRecord(key: string): boolean {
    return this.#world.scenario.accounts.some(({ account }) =>
      this.#files.under<PaymentAttempt>(account.accountId, 'ATTEMPT#').some((attempt) => attempt.key === key),
    );
  }
}

/** The sweep postpones the work, and changes nothing of what is owed. */
function sweptOnly(before: Receivable, after: Item): boolean {
  const { workSk: _before, ...was } = before as unknown as Item;
  const { workSk: _after, ...is } = after;
  return JSON.stringify(was) === JSON.stringify(is);
}

function nameOf({ outcome }: PaymentAttempt): string {
  if (outcome?.kind !== 'declined') return outcome?.kind ?? 'none';
  return outcome.hard ? 'declined for good' : 'declined for now';
}
