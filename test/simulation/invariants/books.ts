import type { Credit } from '../../../shared/domain/books/credit.ts';
import type { CreditNote } from '../../../shared/domain/books/credit-note.ts';
import type { Dispute } from '../../../shared/domain/books/dispute.ts';
import { type JournalEntry, type LedgerAccount, movedOn } from '../../../shared/domain/ledger.ts';
import type { PaymentAttempt, Receivable } from '../../../shared/domain/receivable.ts';
import type { Files } from '../world/files.ts';
import type { People } from '../world/people.ts';
import type { SimulatedProcessor } from '../world/processor.ts';
import { checkPapers } from './papers.ts';
import { must } from './violation.ts';

/** Everything about the money of one account, as it stands at the end. */
interface Books {
  readonly accountId: string;
  readonly journal: readonly JournalEntry[];
  readonly receivables: readonly Receivable[];
  readonly attempts: readonly PaymentAttempt[];
  readonly credits: readonly Credit[];
  readonly notes: readonly CreditNote[];
  readonly disputes: readonly Dispute[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

function booksOf(files: Files, accountId: string): Books {
  return {
    accountId,
    journal: files.under(accountId, 'LEDGER#'),
    receivables: files.receivables(accountId),
    attempts: files.under(accountId, 'ATTEMPT#'),
    credits: files.under(accountId, 'CREDIT#'),
    notes: files.under(accountId, 'CREDITNOTE#'),
    disputes: files.under(accountId, 'DISPUTE#'),
  };
}

/** The processor's books equal ours, ours add up, and nobody paid more than was due or asked for. */
export function checkBooks(files: Files, processor: SimulatedProcessor, people: People, accountId: string): void {
  const books = booksOf(files, accountId);
  checkProcessor(books, processor);
  checkLedger(books, files);
  checkPapers(books, files.account(accountId).balance, 'UTC');
  for (const receivable of books.receivables) checkInvoice(books, receivable);
  checkRequests(books, processor, people);
  checkWires(books, people);
}

/** Every charge is one attempt's, with its amount; every debit that came back is known to have come back. */
function checkProcessor({ accountId, attempts, journal }: Books, { service }: SimulatedProcessor): void {
  const { charges, disputes } = service.books();
  const own = charges.filter(({ metadata }) => metadata.account === accountId);
  const back = disputes.filter(({ charge }) => own.some(({ id }) => id === charge));
  for (const charge of own) {
    const of = attempts.filter(({ outcome }) => outcome?.kind === 'succeeded' && outcome.chargeId === charge.id);
    must(of.length === 1, 'every charge belongs to one attempt', () => `${charge.id} has ${of.length}`);
    const { invoiceId, outcome, returned } = of[0]!;
    const amount = outcome?.kind === 'succeeded' ? outcome.amount : 0;
    must(
      invoiceId === charge.metadata.invoice && amount === charge.amount,
      'an attempt knows what was charged',
      () => `${charge.id}: ${charge.amount} for ${charge.metadata.invoice}, on record ${amount} for ${invoiceId}`,
    );
    const cameBack = back.some((dispute) => dispute.charge === charge.id);
    must(
      cameBack === (returned !== undefined),
      'a debit that came back is on record',
      () => `${charge.id}: it came back ${cameBack}`,
    );
  }
  const intents = new Set(own.map(({ payment_intent }) => payment_intent));
  must(intents.size === own.length, 'an intent is paid once', () => `${own.length} charges, ${intents.size} intents`);
  const theirs = sum(own.map(({ amount }) => amount)) - sum(back.map(({ amount }) => amount));
  const ours = fold(journal, 'processor-clearing');
  must(ours === theirs, 'the processor’s books equal ours', () => `${accountId}: processor ${theirs}, ledger ${ours}`);
}

const fold = (journal: readonly JournalEntry[], account: LedgerAccount): number =>
  sum(journal.map((entry) => movedOn(entry, account)));

/** Every entry balances, and what stands on account, invoices and credits is the fold of the entries. */
function checkLedger({ accountId, journal, receivables, credits }: Books, files: Files): void {
  for (const { entryId, postings } of journal)
    must(sum(postings.map(({ amount }) => amount)) === 0, 'debits equal credits', () => entryId);
  const account = files.account(accountId);
  const folds: readonly [string, LedgerAccount, number][] = [
    ['a balance is the fold of its ledger', 'receivable', account.balance],
    ['a balance is what its invoices have due', 'receivable', sum(receivables.map(({ due }) => due))],
    ['what is contested is the fold of the ledger', 'disputes', sum(receivables.map(({ disputed = 0 }) => disputed))],
    ['what was given up is the fold of the ledger', 'write-offs', sum(receivables.map((of) => of.writtenOff ?? 0))],
    ['a customer’s credit is the fold of the ledger', 'customer-credit', -(account.credit ?? 0)],
    ['a customer’s credit is what remains of its credits', 'customer-credit', -sum(credits.map((of) => of.remaining))],
  ];
  for (const [invariant, of, stands] of folds) {
    const folded = fold(journal, of);
    must(folded === stands, invariant, () => `${accountId}: ledger ${folded}, stands ${stands}`);
  }
}

/** What is due is what was invoiced, less everything that took from it, counted anew from the records themselves. */
function checkInvoice(books: Books, receivable: Receivable): void {
  const { invoiceId, total, due, disputed = 0, writtenOff = 0, status } = receivable;
  const of = <T extends { readonly invoiceId: string }>(all: readonly T[]) =>
    all.filter((each) => each.invoiceId === invoiceId);
  const charged = sum(of(books.attempts).map(({ outcome }) => (outcome?.kind === 'succeeded' ? outcome.amount : 0)));
  const back = sum(of(books.attempts).map(({ returned }) => returned?.amount ?? 0));
  const beyond = sum(
    books.credits.map(({ source, amount }) =>
      source.kind === 'overcollected' && source.invoiceId === invoiceId ? amount : 0,
    ),
  );
  const uses = sum(
    of(books.credits.filter(({ reversed }) => !reversed).flatMap((credit) => credit.uses)).map((use) => use.amount),
  );
  const notes = sum(of(books.notes).map(({ settles }) => settles.due + settles.disputed + settles.writtenOff));
  const open = sum(of(books.disputes).map((dispute) => (dispute.status === 'open' ? dispute.withheld : 0)));
  must(
    disputed === open,
    'what is contested of an invoice is in its open disputes',
    () => `${invoiceId}: ${disputed}, ${open}`,
  );
  const expected = total - (charged - beyond) + back - uses - notes - writtenOff - open;
  must(
    due === expected,
    'what is due is the total less all that took from it',
    () => `${invoiceId}: ${due}, not ${expected}`,
  );
  must(due >= 0, 'no invoice is collected above its due', () => `${invoiceId}: ${due}`);
  const settled = due === 0 && disputed === 0;
  must((status === 'paid') === settled, 'paid is what has nothing due', () => `${invoiceId}: ${status}, due ${due}`);
}

/**
 * A request is charged once, and for no more than it was accepted for. An attempt that found the invoice's intent paid, by a
 * customer who had confirmed an earlier one, has charged nothing itself.
 */
function checkRequests({ attempts }: Books, { service }: SimulatedProcessor, { asked }: People): void {
  const { charges } = service.books();
  for (const [key, amounts] of asked) {
    for (const [urlId, amount] of amounts) {
      const made = attempts
        .filter(({ requestId, invoiceId }) => requestId === key && invoiceId.replace('#', '-') === urlId)
        .flatMap(({ outcome, startedAt }) =>
          charges.filter(
            ({ id, created }) =>
              outcome?.kind === 'succeeded' &&
              outcome.chargeId === id &&
              created >= Math.floor(Date.parse(startedAt) / 1000),
          ),
        );
      const charged = sum(made.map((charge) => charge.amount));
      must(made.length <= 1 && charged <= amount, 'a request is charged once', () => `${key}: ${charged} of ${amount}`);
    }
  }
}

/** What finance has booked is in the books once. */
function checkWires({ accountId, credits, journal }: Books, { wires }: People): void {
  for (const { paymentId, amount } of wires.filter((wire) => wire.accountId === accountId)) {
    const booked = credits.find(({ creditId }) => creditId === paymentId);
    must(
      booked?.amount === amount,
      'money that arrived at the bank is booked',
      () => `${paymentId}: ${booked?.amount}`,
    );
  }
  const paid = credits.filter(({ source, reversed }) => source.kind === 'wire' && !reversed);
  const cash = fold(journal, 'cash');
  const arrived = sum(paid.map(({ amount }) => amount));
  must(
    cash === arrived,
    'money that arrived at the bank is booked once',
    () => `${accountId}: ${cash}, not ${arrived}`,
  );
}
