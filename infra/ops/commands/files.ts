import { importFile } from '../import-file.ts';
import { ingestFile, loadDeck, replay, usageExceptions } from '../usage.ts';
import type { Cli } from './cli.ts';

/** What other systems hand over: accounts, usage, rate decks. */
export function fileCommands({ program, api, finish }: Cli): void {
  program.commandsGroup('Files that come in:');

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
}
