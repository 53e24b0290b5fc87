import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Adjustment } from '../../../shared/domain/books/adjustment.ts';
import type { Credit } from '../../../shared/domain/books/credit.ts';
import { composeCreditNote, type DraftCreditNote } from '../../../shared/domain/books/credit-note.ts';
import type { CreditWish } from '../../../shared/domain/books/credit-note-parts.ts';
import type { Dispute } from '../../../shared/domain/books/dispute.ts';
import { endDispute, openDispute, upholdDispute } from '../../../shared/domain/books/disputing.ts';
import { bookPayment, payFromCredit, reversePayment } from '../../../shared/domain/books/manual-payment.ts';
import { AdjustmentRefused } from '../../../shared/domain/books/refusals.ts';
import { reverseWriteOff, writeOff } from '../../../shared/domain/books/write-off.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { planAttempt } from '../../../shared/domain/collection.ts';
import { conclude, opened } from '../../../shared/domain/collection-outcome.ts';
import { returned } from '../../../shared/domain/found-payment.ts';
import { invoiceEntry, type JournalEntry, type LedgerAccount, movedOn } from '../../../shared/domain/ledger.ts';
import { openReceivable } from '../../../shared/domain/open-receivable.ts';
import { overdueInvoices } from '../../../shared/domain/overdue.ts';
import { asked, awakened, requestPayment } from '../../../shared/domain/payment-request.ts';
import { isUnderWay, type PaymentAttempt, type Receivable } from '../../../shared/domain/receivable.ts';
import { method } from '../../support/collection.ts';
import { sampleInvoice } from '../../support/invoices.ts';

const INVOICE = sampleInvoice('ireland');
const { accountId, sellerId, currency, total: TOTAL } = INVOICE;
const ACCOUNT = { accountId, sellerId, currency };
const CARD = method('card');
const ZONE = 'Europe/Dublin';

/** One invoice with all that may ever happen to it, as the store would keep it: a step that is refused changes nothing. */
class World {
  receivable: Receivable = openReceivable(INVOICE, INVOICE.issuedAt);
  readonly journal: JournalEntry[] = [invoiceEntry(INVOICE, INVOICE.issuedAt)];
  readonly credits = new Map<string, Credit>();
  readonly disputes = new Map<string, Dispute>();
  readonly notes: DraftCreditNote[] = [];
  readonly attempts: PaymentAttempt[] = [];
  #steps = 0;
  #today = INVOICE.invoiceDate;

  get decided() {
    return { by: 'finn', now: `${this.#today}T12:00:00.000Z`, today: this.#today };
  }
  id = (): string => `id-${this.#steps}`;
  passes(days: number): void {
    this.#today = addDays(this.#today, days);
  }

  write({ entry, receivables, credits, disputes = [] }: Adjustment): void {
    this.book(entry);
    for (const next of receivables) this.put(next);
    for (const credit of credits) this.credits.set(credit.creditId, credit);
    for (const dispute of disputes) this.disputes.set(dispute.disputeId, dispute);
  }
  book(entry: JournalEntry): void {
    expect(this.journal.map(({ entryId }) => entryId)).not.toContain(entry.entryId);
    this.journal.push(entry);
  }
  put(next: Receivable): void {
    expect(next.version).toBe(this.receivable.version + 1);
    this.receivable = next;
  }

  take(step: Step): void {
    this.#steps += 1;
    try {
      step.run(this);
    } catch (error) {
      if (!(error instanceof AdjustmentRefused)) throw error;
    }
    this.holds();
  }

  on = (account: LedgerAccount): number => this.journal.reduce((sum, entry) => sum + movedOn(entry, account), 0);

  /** Of what no credit note took back. */
  paid(): number {
    const { due, disputed = 0, writtenOff = 0 } = this.receivable;
    return this.notes.reduce((left, { total }) => left - total, TOTAL) - due - disputed - writtenOff;
  }

  /** What must be true of an invoice after every step. */
  holds(): void {
    const { due, disputed = 0, writtenOff = 0, status, grace } = this.receivable;
    const credit = [...this.credits.values()].reduce((sum, { remaining }) => sum + remaining, 0);
    expect({
      receivable: this.on('receivable'),
      disputes: this.on('disputes'),
      writeOffs: this.on('write-offs'),
      credit: 0 - this.on('customer-credit'),
    }).toEqual({ receivable: due, disputes: disputed, writeOffs: writtenOff, credit });
    const open = [...this.disputes.values()].filter((dispute) => dispute.status === 'open');
    expect(disputed).toBe(open.reduce((sum, { withheld }) => sum + withheld, 0));
    for (const amount of [due, disputed, writtenOff, ...[...this.credits.values()].map(({ remaining }) => remaining)])
      expect(amount).toBeGreaterThanOrEqual(0);
    expect(due + disputed + writtenOff).toBeLessThanOrEqual(TOTAL);
    expect(status).toBe(due === 0 && disputed === 0 ? 'paid' : 'unpaid');
    expect(this.notes.reduce((sum, { total }) => sum + total, 0)).toBeLessThanOrEqual(TOTAL);
    // R158: nothing is overdue within the days that a rejected dispute was given, where nothing else is due.
    if (grace !== undefined && due <= grace.amount && this.#today <= grace.until)
      expect(overdueInvoices([this.receivable], this.#today)).toEqual([]);
  }
}

/** A counterexample names its steps, with what was chosen for each. */
interface Step {
  readonly run: (world: World) => void;
}
const step = <T>(what: string, of: fc.Arbitrary<T>, run: (world: World, chosen: T) => void): fc.Arbitrary<Step> =>
  of.map((chosen) => ({
    run: (world) => run(world, chosen),
    [fc.toStringMethod]: () => `${what} ${fc.stringify(chosen)}`,
  }));

const cents = fc.integer({ min: 1, max: TOTAL + 5_000 });
const perhaps = fc.option(cents, { nil: undefined });
const nth = fc.nat(5);
const always = fc.constant(true);
const wish = fc.oneof<fc.Arbitrary<CreditWish>[]>(
  fc.constant({ kind: 'all' }),
  cents.map((amount) => ({ kind: 'amount', amount })),
  fc
    .subarray([...INVOICE.lines], { minLength: 1 })
    .map((lines) => ({ kind: 'lines', lines: lines.map(({ line }) => ({ line })) })),
);
const pick = <T>(of: Iterable<T>, at: number): T | undefined => {
  const all = [...of];
  return all[at % Math.max(1, all.length)];
};

const BOOKED: readonly fc.Arbitrary<Step>[] = [
  step('pays by wire', cents, (world, amount) => {
    const payment = { kind: 'wire', reference: 'W', valueDate: world.decided.today, amount, currency } as const;
    const named = { ...payment, paymentId: world.id(), fingerprint: 'f' };
    world.write(bookPayment(ACCOUNT, [world.receivable], named, world.decided).adjustment);
  }),
  step('takes back payment', nth, (world, at) => {
    const credit = pick(world.credits.values(), at);
    if (credit === undefined) return;
    const paid = credit.uses.length > 0 ? [world.receivable] : [];
    world.write(reversePayment(credit, paid, 'Bounced', world.decided, ZONE));
  }),
  step('uses credit', always, (world) => {
    const adjustment = payFromCredit(world.receivable, [...world.credits.values()], world.decided);
    if (adjustment) world.write(adjustment);
  }),
  step('contests', wish, (world, of) => {
    const { receivable, notes: credited } = world;
    const contested = { invoice: INVOICE, receivable, credited, disputes: [...world.disputes.values()] };
    const request = { disputeId: world.id(), wish: of, reason: 'No', receivedOn: INVOICE.invoiceDate };
    world.write(openDispute(contested, { ...request, fingerprint: 'f' }, world.decided).adjustment);
  }),
  step('ends dispute', fc.tuple(nth, fc.constantFrom('rejected', 'withdrawn')), (world, [at, how]) => {
    const dispute = pick(world.disputes.values(), at);
    if (dispute) world.write(endDispute(dispute, world.receivable, how, 'No', world.decided, ZONE).adjustment);
  }),
  step('upholds dispute', fc.tuple(nth, perhaps), (world, [at, amount]) => {
    const dispute = pick(world.disputes.values(), at);
    if (dispute === undefined) return;
    const contested = { invoice: INVOICE, receivable: world.receivable, credited: world.notes, disputes: [] };
    const decision = { reason: 'Yes', ...(amount !== undefined && { amount }) };
    const { adjustment, draft } = upholdDispute(contested, dispute, decision, world.decided, ZONE);
    world.write(adjustment);
    world.notes.push(draft);
  }),
  step('credits', wish, (world, of) => {
    const request = { creditNoteId: world.id(), reason: 'error-correction', explanation: 'E', wish: of } as const;
    const named = { ...request, fingerprint: 'f' };
    const { draft, adjustment } = composeCreditNote(INVOICE, world.receivable, world.notes, named, world.decided);
    // What is being charged counts as paid.
    if (!isUnderWay(world.receivable)) expect(draft.settles.credit).toBeLessThanOrEqual(Math.max(0, world.paid()));
    world.write(adjustment);
    world.notes.push(draft);
  }),
  step('writes off', perhaps, (world, amount) => {
    const how = { reason: 'Lost', ...(amount !== undefined && { amount }) };
    world.write(writeOff(world.receivable, how, world.decided));
  }),
  step('takes back a write-off', always, (world) =>
    world.write(reverseWriteOff(world.receivable, 'Found', world.decided, ZONE)),
  ),
];

const COLLECTED: readonly fc.Arbitrary<Step>[] = [
  step('asks to pay', perhaps, (world, amount) => {
    const request = { by: 'owner', now: world.decided.now, requestId: world.id() };
    const decision = requestPayment([world.receivable], CARD, [CARD], { ...request, ...(amount && { amount }) });
    if (decision.kind === 'refused') return;
    for (const of of decision.invoices) {
      const next = of.action === 'attempt' ? asked(of.receivable, CARD.methodId, of.amount, request) : undefined;
      if (next) world.put(next);
    }
  }),
  step('changes the method', always, (world) => {
    const next = awakened(world.receivable, world.decided.now);
    if (next) world.put(next);
  }),
  step('collects, by autopay', fc.boolean(), (world, autopay) => {
    const { requested } = world.receivable.collection;
    const account = { ...ACCOUNT, autopay, defaultMethodId: CARD.methodId } as Parameters<typeof planAttempt>[1];
    const plan = planAttempt(world.receivable, account, [CARD], world.attempts, world.decided.now);
    if ('tidy' in plan && plan.tidy) world.put(plan.tidy);
    if (plan.do !== 'attempt') return;
    // Never more than is due, nor than somebody agreed to pay.
    expect(plan.attempt.amount).toBe(Math.min(world.receivable.due, requested?.amount ?? world.receivable.due));
    world.attempts.push(plan.attempt);
    world.put(opened(world.receivable, plan.attempt, plan.checkAgainAt));
  }),
  step('ends attempt', fc.constantFrom('succeeded', 'declined', 'processing'), (world, how) => {
    const attempt = world.attempts.at(-1);
    if (attempt === undefined || !isUnderWay(world.receivable)) return;
    const outcome = {
      succeeded: { kind: 'succeeded', chargeId: attempt.key, amount: attempt.amount },
      declined: { kind: 'declined', hard: false, code: 'insufficient_funds' },
      processing: { kind: 'processing' },
    } as const;
    const earlier = world.attempts.slice(0, -1);
    const ending = conclude(world.receivable, attempt, earlier, outcome[how], world.decided.now, ZONE);
    world.put(ending.next);
    if (!ending.final) return;
    world.attempts.splice(-1, 1, ending.attempt);
    if (ending.entry) world.book(ending.entry);
    if (ending.credit) world.credits.set(ending.credit.creditId, ending.credit);
  }),
  step('sends back the debit', nth, (world, at) => {
    const settled = world.attempts.filter((each) => each.outcome?.kind === 'succeeded' && !each.returned);
    const attempt = pick(settled, at);
    if (attempt === undefined) return;
    const how = { code: 'insufficient_funds', amount: attempt.amount, hard: false };
    const back = returned(world.receivable, attempt, how, world.decided.now, { timeZone: ZONE });
    world.put(back.next);
    world.book(back.entry);
    world.attempts.splice(world.attempts.indexOf(attempt), 1, back.attempt);
  }),
];

describe('whatever happens to an invoice, in whatever order', () => {
  it('its books say what it says: what is due, contested, given up and kept, and never more than it came to', () => {
    const waits = step('waits days', fc.integer({ min: 1, max: 20 }), (world, days) => world.passes(days));
    const steps = fc.array(fc.oneof(...BOOKED, ...COLLECTED, ...COLLECTED, waits), { maxLength: 40, size: 'max' });
    fc.assert(
      fc.property(steps, (all) => {
        const world = new World();
        for (const each of all) world.take(each);
      }),
      { numRuns: 300 },
    );
  });
});
