import { count } from '../runtime/observability.ts';
import type { DeliveryReport } from './deliver-to-recipients.ts';

/** Counts what became of a document's mails; `NobodyReached` and `MailsUncertain` need a person. */
export function countMails({ sent, rejected, skipped, uncertain, reachedNobody }: DeliveryReport): void {
  if (sent > 0) count('MailsSent', sent);
  if (rejected > 0) count('MailsRejected', rejected);
  if (skipped > 0) count('MailsSkipped', skipped);
  if (uncertain > 0) count('MailsUncertain', uncertain);
  if (reachedNobody) count('NobodyReached');
}
