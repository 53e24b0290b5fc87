import { type AccountStatement, accountStatement } from '../../../shared/domain/books/account-statement.ts';
import type { Credit } from '../../../shared/domain/books/credit.ts';
import { type Movement, movementsOf } from '../../../shared/domain/books/movements.ts';
import { receiptsOf } from '../../../shared/domain/books/receipt.ts';
import type { JournalEntry } from '../../../shared/domain/ledger.ts';
import type { PaymentAttempt, Receivable } from '../../../shared/domain/receivable.ts';
import { must } from './violation.ts';

interface Books {
  readonly accountId: string;
  readonly journal: readonly JournalEntry[];
  readonly receivables: readonly Receivable[];
  readonly attempts: readonly PaymentAttempt[];
  readonly credits: readonly Credit[];
}

/** What the customer is told of its account adds up to what the account owes, on every day that anything moved. */
export function checkPapers(books: Books, balance: number, timeZone: string): void {
  const { receivables, credits } = books;
  const movements = movementsOf(books.journal, credits);
  checkReceipts(books, movements, timeZone);
  const days = [...new Set(movements.map(({ entry }) => entry.date))];
  let opening = 0;
  for (const day of days) {
    const statement = accountStatement(movements, receivables, { from: day, to: day });
    checkStatement(books.accountId, statement, opening);
    opening = statement.closing;
  }
  const last = days.at(-1);
  if (last === undefined) return;
  const { items, closing, balanceNow } = accountStatement(movements, receivables, { from: days[0]!, to: last });
  must(
    closing === balance && balanceNow === balance,
    'the last statement closes with the account’s balance',
    () => `${books.accountId}: ${closing}, ${balanceNow}, not ${balance}`,
  );
  const open = new Map(items.map((item) => [item.invoiceId, item.open]));
  for (const { invoiceId, due } of receivables)
    must(
      (open.get(invoiceId) ?? 0) === due,
      'what a statement lists as open is what invoices have due',
      () => `${invoiceId}: ${open.get(invoiceId)}, due ${due}`,
    );
}

function checkStatement(accountId: string, statement: AccountStatement, opening: number): void {
  const { closing, items, sums, period } = statement;
  const of = () => `${accountId} on ${period.to}`;
  must(statement.opening === opening, 'a statement opens with what the one before closed with', of);
  const moved = Object.values(sums).reduce((total, each) => total + each, 0);
  must(opening + moved === closing, 'opening, movements and closing of a statement agree', of);
  const open = items.reduce((total, item) => total + item.open, 0);
  must(open === closing, 'the open items of a statement add up to its closing balance', of);
}

/** Every payment has a receipt, whose parts add up; one that came back says so. */
function checkReceipts(books: Books, movements: readonly Movement[], timeZone: string): void {
  const receipts = receiptsOf(movements, { ...books, timeZone });
  const payments = movements.filter(({ kind }) => kind === 'charge' || kind === 'payment' || kind === 'credit-use');
  must(receipts.length === payments.length, 'every payment has a receipt', () => books.accountId);
  for (const { receiptId, amount, settled, kept, returned } of receipts) {
    const used = settled.reduce((total, part) => total + part.amount, 0);
    const whole = returned ? used + kept <= amount : used + kept === amount;
    must(whole && kept >= 0, 'what a payment settled and what is kept of it is the payment', () => receiptId);
  }
  const back = new Set(receipts.flatMap(({ returned, receiptId }) => (returned ? [receiptId] : [])));
  const undone = movements.filter(({ kind }) => kind === 'return' || kind === 'reversal');
  must(back.size === undone.length, 'a receipt says that its payment came back', () => books.accountId);
}
