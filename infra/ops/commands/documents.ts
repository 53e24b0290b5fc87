import { changes } from '../changes.ts';
import { explain } from '../explain.ts';
import { download } from '../listings.ts';
import { regeneratePdf } from '../regenerate-pdf.ts';
import { verifyPdf } from '../verify-pdf.ts';
import { type Cli, whole } from './cli.ts';

/** The file of one document, and how its amounts came about. */
export function documentCommands({ program, api, finish }: Cli): void {
  program.commandsGroup('One invoice or credit note:');

  program
    .command('download')
    .description('saves the PDF of an invoice or credit note')
    .argument('<number>')
    .option('--out <file>', 'default: NUMBER.pdf')
    .action((number: string, { out }: { out?: string }) => download(api(), number, out));

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
}
