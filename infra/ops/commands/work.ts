import { deadLetters, unreached } from '../listings.ts';
import { redrive } from '../redrive.ts';
import { sendAgain } from '../send-again.ts';
import { type Cli, seconds, whole } from './cli.ts';

/** Jobs that gave up, and documents that reached nobody. */
export function workCommands({ program, api, finish }: Cli): void {
  program.commandsGroup('What has to be done again:');

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
    .option('--pace <seconds>', 'wait between steps of 50', seconds, 1)
    .action(async (jobKeys: string[], { pace, dryRun, yes, ...choice }) => {
      finish(await redrive(api(), { jobKeys, ...choice, yes: yes === true && dryRun !== true, pace }));
    });

  program
    .command('unreached')
    .description('lists the invoices and notices that reached none of their recipients')
    .argument('<seller>')
    .action((seller: string) => unreached(api(), seller));

  program
    .command('send-again')
    .description(
      'mails a document again: to all who get it now, or to those named of them; five times a day each, 50 documents of an account a day',
    )
    .argument('<account>')
    .argument('<document>', 'such as invoice or final-notice, as unreached shows it')
    .argument('<about>', 'as unreached shows it')
    .option('--occurrence <number>', 'of several notices of one kind', whole)
    .option('--to <address...>', 'only to these recipients')
    .action((account: string, document: string, about: string, more: { occurrence?: number; to?: string[] }) =>
      sendAgain(api(), {
        ...{ account, document, about },
        ...(more.occurrence && { occurrence: more.occurrence }),
        ...(more.to && { to: more.to }),
      }),
    );
}
