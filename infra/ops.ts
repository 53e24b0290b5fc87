import { Command, InvalidArgumentError } from 'commander';
import { apiClient } from './ops/api-client.ts';
import { type AuditOptions, audit, verifyAudit } from './ops/audit.ts';
import { bankStatement, handedOver, ledger, trialBalance } from './ops/books.ts';
import { changes } from './ops/changes.ts';
import { explain } from './ops/explain.ts';
import { type ExportOptions, exportInvoices } from './ops/export-invoices.ts';
import { importFile } from './ops/import-file.ts';
import { deadLetters, download, invoices, run, unreached } from './ops/listings.ts';
import { receipts, statement } from './ops/papers.ts';
import { preview } from './ops/preview.ts';
import { acceptDifference, reconciliation } from './ops/reconciliation.ts';
import { redrive } from './ops/redrive.ts';
import { regeneratePdf } from './ops/regenerate-pdf.ts';
import { sendAgain } from './ops/send-again.ts';
import { openSession } from './ops/session.ts';
import { ingestFile, loadDeck, replay, usageExceptions } from './ops/usage.ts';
import { verifyPdf } from './ops/verify-pdf.ts';

/** Daily work from the command line, through the HTTP API: needs a token and no AWS credentials. */
const program = new Command('ops')
  .description(
    'Talks to the API at BILLING_API_URL with the token BILLING_TOKEN, or to the local stack while it is running.',
  )
  .showHelpAfterError();

const api = () => apiClient(openSession());
const whole = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
};
/** A command that went through but left something for a person to look at ends with 2. */
const LEFT_OVER = 2;
const finish = (allWell: boolean): void => {
  if (!allWell) process.exitCode = LEFT_OVER;
};

program
  .command('import-accounts')
  .description('loads accounts from a file with one JSON object per line')
  .argument('<file>')
  .action(async (file: string) => finish(await importFile(api(), file)));

program
  .command('ingest-usage')
  .description('counts the calls and messages of a file')
  .argument('<seller>')
  .argument('<file>', 'packed when its name ends in .gz')
  .requiredOption('--format <format>', 'asterisk, freeswitch or records')
  .action(async (seller: string, file: string, { format }: { format: string }) =>
    finish(await ingestFile(api(), seller, file, format)),
  );

program
  .command('usage-exceptions')
  .description('lists calls and messages that could not be counted')
  .argument('<seller>')
  .option('--code <code>', 'those of one kind')
  .option('--id <id>', 'prints the record of one')
  .action((seller: string, options: { code?: string; id?: string }) => usageExceptions(api(), seller, options));

program
  .command('replay')
  .description('tries usage exceptions again, once their cause is mended')
  .argument('<seller>')
  .option('--code <code>', 'all of one kind')
  .option('--id <id>')
  .option('--corrected <file>', 'with --id: the record as it should be')
  .action((seller: string, options: { code?: string; id?: string; corrected?: string }) =>
    replay(api(), seller, options),
  );

program
  .command('load-deck')
  .description('puts a rate deck into force if nothing is wrong with it')
  .argument('<seller>')
  .argument('<deck>')
  .argument('<file>', 'CSV')
  .action(async (seller: string, deck: string, file: string) => finish(await loadDeck(api(), seller, deck, file)));

program
  .command('dead-letters')
  .description('lists work that gave up')
  .option('--queue <name>')
  .option('--account <id>')
  .option('--status <status>', 'open, redriven or all', 'open')
  .action((options: { queue?: string; account?: string; status: string }) => deadLetters(api(), options));

program
  .command('redrive')
  .description('sends dead letters again; without --yes only says what that would do')
  .argument('[job-keys...]', 'as dead-letters shows them')
  .option('--queue <name>')
  .option('--account <id>', 'those of one account')
  .option('--all', 'all that are open')
  .option('--yes', 'really do it')
  .option('--dry-run', 'only say what would happen (the default)')
  .option('--pace <seconds>', 'wait between steps of 50', '1')
  .action(async (jobKeys: string[], { pace, dryRun, yes, ...choice }) => {
    const seconds = Number(pace);
    if (!Number.isFinite(seconds) || seconds < 0) throw new Error('--pace must be a number of seconds.');
    finish(await redrive(api(), { jobKeys, ...choice, yes: yes === true && dryRun !== true, pace: seconds }));
  });

program
  .command('run')
  .description('shows how a night’s run ended')
  .argument('<seller>')
  .argument('<date>', 'such as 2026-12-01')
  .action((seller: string, date: string) => run(api(), seller, date));

program
  .command('invoices')
  .description('lists a month’s invoices of a seller')
  .argument('<seller>')
  .argument('<month>', 'such as 2026-12')
  .option('--status <status>', 'unpaid or paid')
  .action((seller: string, month: string, { status }: { status?: string }) => invoices(api(), seller, month, status));

program
  .command('ledger')
  .description('shows the books of an account')
  .argument('<account>')
  .action((account: string) => ledger(api(), account));

program
  .command('receipts')
  .description('lists the payments of an account; with --save writes the receipt of one as a PDF')
  .argument('<account>')
  .option('--save <receipt>', 'as the list shows it')
  .option('--to <file>')
  .action((account: string, options: { save?: string; to?: string }) => receipts(api(), account, options));

program
  .command('statement')
  .description('writes an account’s statement as a PDF, and shows its figures')
  .argument('<account>')
  .argument('<from>', 'a day, or a month such as 2026-11')
  .argument('[to]', 'a day or a month; absent: today, or the end of that month')
  .option('--to-file <file>')
  .action((account: string, from: string, to: string | undefined, { toFile }: { toFile?: string }) =>
    statement(api(), { account, from, ...(to && { to }), ...(toFile && { file: toFile }) }),
  );

program
  .command('trial-balance')
  .description('shows what moved on each account of a seller’s books, in up to a year')
  .argument('<seller>')
  .argument('<from>', 'such as 2026-12-01')
  .argument('<to>')
  .action((seller: string, from: string, to: string) => trialBalance(api(), seller, from, to));

program
  .command('handed-over')
  .description('lists the accounts that Accounts Receivable has taken over')
  .argument('<seller>')
  .action((seller: string) => handedOver(api(), seller));

program
  .command('unreached')
  .description('lists the invoices and notices that reached none of their recipients')
  .argument('<seller>')
  .action((seller: string) => unreached(api(), seller));

program
  .command('send-again')
  .description('mails a document again: to all who get it now, or to those named of them')
  .argument('<account>')
  .argument('<document>', 'such as invoice or final-notice, as unreached shows it')
  .argument('<about>', 'as unreached shows it')
  .option('--occurrence <number>', 'of several notices of one kind')
  .option('--to <address...>', 'only to these recipients')
  .action((account: string, document: string, about: string, more: { occurrence?: string; to?: string[] }) =>
    sendAgain(api(), {
      ...{ account, document, about },
      ...(more.occurrence && { occurrence: Number(more.occurrence) }),
      ...(more.to && { to: more.to }),
    }),
  );

program
  .command('reconciliation')
  .description('compares a day’s money at the processor with the books; ends with 2 when finance must act')
  .argument('<seller>')
  .argument('<date>', 'such as 2026-12-01')
  .action(async (seller: string, date: string) => finish(await reconciliation(api(), seller, date)));

program
  .command('accept-difference')
  .description('moves a difference that the last reconciliation left open to suspense; without --yes only says so')
  .argument('<seller>')
  .argument('<date>', 'of the last reconciliation')
  .argument('<item>', 'as reconciliation shows it')
  .requiredOption('--reason <text>')
  .option('--yes', 'really do it')
  .action((seller: string, date: string, item: string, { reason, yes }: { reason: string; yes?: boolean }) =>
    acceptDifference(api(), { seller, date, item, reason, yes: yes === true }),
  );

program
  .command('bank-statement')
  .description('proposes which invoices a bank statement pays; books nothing')
  .argument('<seller>')
  .argument('<file>', 'CAMT.053 when its name ends in .xml, otherwise CSV')
  .action(async (seller: string, file: string) => finish(await bankStatement(api(), seller, file)));

program
  .command('audit')
  .description('shows who did what to an account, when and from where, before and after')
  .argument('<account>')
  .option('--csv <file>', 'for a spreadsheet, one row per field that changed')
  .option('--for-customer', 'only what may be handed on to the customer')
  .action((account: string, options: AuditOptions) => audit(api(), account, options));

program
  .command('verify-audit')
  .description('recomputes the chain of an account’s audit log and compares it with the daily anchors')
  .argument('<account>')
  .action(async (account: string) => finish(await verifyAudit(api(), account)));

program
  .command('download')
  .description('saves the PDF of an invoice or credit note')
  .argument('<number>')
  .option('--to <file>')
  .action((number: string, { to }: { to?: string }) => download(api(), number, to));

program
  .command('export-invoices')
  .description(
    'saves a month’s invoices and credit notes of a seller as a ZIP with a CSV index; ends with 2 when a PDF is missing',
  )
  .argument('<seller>')
  .argument('<month>', 'such as 2026-12')
  .option('--out <file>', 'default: invoices-SELLER-MONTH.zip')
  .option('--e-invoices', 'with the UBL of each document that has one')
  .action(async (seller: string, month: string, options: ExportOptions) =>
    finish(await exportInvoices(api(), seller, month, options)),
  );

program
  .command('verify-pdf')
  .description(
    'checks that the PDF of an invoice or credit note is the one that was sent, and that it can be made again',
  )
  .argument('<number>')
  .action(async (number: string) => finish(await verifyPdf(api(), number)));

program
  .command('regenerate-pdf')
  .description(
    'makes the PDF of an invoice or credit note again: puts back what was lost, or stores a marked copy beside what was sent',
  )
  .argument('<number>')
  .requiredOption('--reason <text>', 'goes on record')
  .action((number: string, { reason }: { reason: string }) => regeneratePdf(api(), number, reason));

program
  .command('explain')
  .description('says in words how the amounts of an invoice came about')
  .argument('<number>')
  .argument('[line]', 'only this line', whole)
  .action((number: string, line?: number) => explain(api(), number, line));

program
  .command('changes')
  .description('says why an invoice differs from the one before')
  .argument('<number>')
  .action((number: string) => changes(api(), number));

program
  .command('preview')
  .description('shows what a night’s run would do, before it happens: outliers first, held accounts always')
  .argument('<seller>')
  .argument('<date>', 'such as 2026-12-01')
  .option('--csv <file>', 'every account, for a spreadsheet')
  .action(async (seller: string, date: string, { csv }: { csv?: string }) =>
    finish(await preview(api(), seller, date, csv)),
  );

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
