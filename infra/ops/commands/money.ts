import { bankStatement, handedOver } from '../books.ts';
import { acceptDifference, reconciliation } from '../reconciliation.ts';
import type { Cli } from './cli.ts';

/** Money at the processor and the bank against the books, and who is with Accounts Receivable. */
export function moneyCommands({ program, api, finish }: Cli): void {
  program.commandsGroup('Money that came, or did not:');

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
    .command('handed-over')
    .description('lists the accounts that Accounts Receivable has taken over')
    .argument('<seller>')
    .action((seller: string) => handedOver(api(), seller));
}
