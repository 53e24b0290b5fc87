import { everyInvoiceOf } from '../../shared/collection/open-invoices.ts';
import type { PaperParties } from '../../shared/document/receipt-pdf.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import type { CreditNote } from '../../shared/domain/books/credit-note.ts';
import { type Movement, movementsOf } from '../../shared/domain/books/movements.ts';
import { type Receipt, receiptsOf } from '../../shared/domain/books/receipt.ts';
import { partiesOf } from '../../shared/domain/draft.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import { type ApiDeps, sellerOfAccount } from './context.ts';
import { Problem } from './problem.ts';

/** All that the books say about an account, with what their entries refer to. */
export interface AccountPapers {
  readonly movements: readonly Movement[];
  readonly receipts: readonly Receipt[];
  readonly receivables: readonly Receivable[];
  readonly creditNotes: readonly CreditNote[];
}

/** Reads them whole: an account has some dozens of entries a year. */
export async function accountPapers(deps: ApiDeps, input: BillingInput): Promise<AccountPapers> {
  const { store } = deps;
  const { accountId } = input.account;
  const [journal, receivables, attempts, credits, creditNotes] = await Promise.all([
    store.journal(accountId),
    everyInvoiceOf(deps, accountId),
    store.attempts(accountId),
    store.creditsOf(accountId),
    store.creditNotesOf(accountId),
  ]);
  const { timeZone } = sellerOfAccount(deps, input);
  const movements = movementsOf(journal, credits);
  const receipts = receiptsOf(movements, { receivables, attempts, credits, timeZone });
  return { movements, receipts, receivables, creditNotes };
}

/** Who writes to whom today. Throws 409 `billing_address_missing`. */
export function currentParties(deps: ApiDeps, input: BillingInput): PaperParties {
  const { account } = input;
  const { billingAddress, accountId, language } = account;
  if (billingAddress === undefined)
    throw new Problem(409, 'billing_address_missing', 'The account has no billing address to write to.');
  return { ...partiesOf(account, billingAddress, sellerOfAccount(deps, input)), accountId, language };
}

/** Who paid whom: as on the first invoice that it settled, and otherwise as things stand. */
export async function partiesOfReceipt(deps: ApiDeps, input: BillingInput, receipt: Receipt): Promise<PaperParties> {
  const { accountId, language } = input.account;
  const first = receipt.settled[0];
  const invoice = first && (await deps.store.invoice(accountId, first.invoiceId));
  if (invoice === undefined) return currentParties(deps, input);
  const { seller, buyer } = invoice;
  return { seller, buyer, accountId, language };
}
