import { ledger, trialBalance } from '../books.ts';
import { receipts, statement } from '../papers.ts';
import type { Cli } from './cli.ts';

/** The books of a seller or an account, and what customers get of them. */
export function bookCommands({ program, api }: Cli): void {
  program.commandsGroup('The books:');

  program
    .command('ledger')
    .description('shows the books of an account')
    .argument('<account>')
    .action((account: string) => ledger(api(), account));

  program
    .command('trial-balance')
    .description('shows what moved on each account of a seller’s books, in up to a year')
    .argument('<seller>')
    .argument('<from>', 'such as 2026-12-01')
    .argument('<to>')
    .action((seller: string, from: string, to: string) => trialBalance(api(), seller, from, to));

  program
    .command('receipts')
    .description('lists the payments of an account; with --save writes the receipt of one as a PDF')
    .argument('<account>')
    .option('--save <receipt>', 'as the list shows it')
    .option('--out <file>', 'with --save; default: the receipt’s own name')
    .action((account: string, options: { save?: string; out?: string }) => receipts(api(), account, options));

  program
    .command('statement')
    .description('writes an account’s statement as a PDF, and shows its figures')
    .argument('<account>')
    .argument('<from>', 'a day, or a month such as 2026-11')
    .argument('[to]', 'a day or a month; absent: today, or the end of that month')
    .option('--out <file>', 'default: the statement’s own name')
    .action((account: string, from: string, to: string | undefined, { out }: { out?: string }) =>
      statement(api(), { account, from, ...(to && { to }), ...(out && { out }) }),
    );
}
