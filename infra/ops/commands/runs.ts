import { type ExportOptions, exportInvoices } from '../export-invoices.ts';
import { invoices, run } from '../listings.ts';
import { preview } from '../preview.ts';
import type { Cli } from './cli.ts';

/** A run before and after it happened, and what it made. */
export function runCommands({ program, api, finish }: Cli): void {
  program.commandsGroup('A night’s run and a month’s invoices:');

  program
    .command('preview')
    .description('shows what a night’s run would do, before it happens: outliers first, held accounts always')
    .argument('<seller>')
    .argument('<date>', 'such as 2026-12-01')
    .option('--csv <file>', 'every account, for a spreadsheet')
    .action(async (seller: string, date: string, { csv }: { csv?: string }) =>
      finish(await preview(api(), seller, date, csv)),
    );

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
}
