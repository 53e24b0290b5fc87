import { type AuditOptions, audit, verifyAudit } from '../audit.ts';
import type { Cli } from './cli.ts';

/** Who did what to an account, and whether its log is as it was written. */
export function auditCommands({ program, api, finish }: Cli): void {
  program.commandsGroup('The log of an account:');

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
}
