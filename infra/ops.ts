import { Command } from 'commander';
import { apiClient } from './ops/api-client.ts';
import { auditCommands } from './ops/commands/audit.ts';
import { bookCommands } from './ops/commands/books.ts';
import type { Cli } from './ops/commands/cli.ts';
import { documentCommands } from './ops/commands/documents.ts';
import { fileCommands } from './ops/commands/files.ts';
import { moneyCommands } from './ops/commands/money.ts';
import { runCommands } from './ops/commands/runs.ts';
import { workCommands } from './ops/commands/work.ts';
import { openSession } from './ops/session.ts';

/** Daily work from the command line, through the HTTP API: needs a token and no AWS credentials. */
const program = new Command('ops')
  .description(
    'Talks to the API at BILLING_API_URL with the token BILLING_TOKEN, or to the local stack while it is running. Ends with 0 when all went well, with 1 on an error, with 2 when something is left for a person to look at.',
  )
  .showHelpAfterError();

const LEFT_OVER = 2;
const cli: Cli = {
  program,
  api: () => apiClient(openSession()),
  finish: (allWell) => {
    if (!allWell) process.exitCode = LEFT_OVER;
  },
};
fileCommands(cli);
runCommands(cli);
workCommands(cli);
documentCommands(cli);
bookCommands(cli);
moneyCommands(cli);
auditCommands(cli);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
