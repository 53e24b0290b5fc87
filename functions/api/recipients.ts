import { createRoute } from '@hono/zod-openapi';
import { changeAccount } from '../../shared/domain/account-changes.ts';
import { addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import { replacedRecipients } from '../../shared/domain/mail-feedback.ts';
import { replacedRecipientsSchema } from '../../shared/import/recipient-schema.ts';
import { failureOf } from '../../shared/runtime/failure.ts';
import { logger } from '../../shared/runtime/observability.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import { type ApiDeps, newRoutes, permittedForAccount, savedAccount, unchanged } from './context.ts';
import { Problem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json, UNAVAILABLE_PROBLEM } from './route-parts.ts';

const ASK_AGAIN_MINUTES = 5;

/** Who gets an account's mails. */
export function recipients() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'put',
      path: '/accounts/{accountId}/recipients',
      summary: 'Who gets the invoices: one main contact and at most four others',
      description:
        'An address that bounced or complained stays marked as `undeliverable`, and is not mailed to, until it is sent with ' +
        '`confirm`: then the mail service, too, is told to mail to it again.',
      tags: ['Accounts'],
      middleware: permittedForAccount('profile.write'),
      request: { params: accountParams, headers: ifMatchSchema, body: body(replacedRecipientsSchema) },
      responses: {
        200: json('The account as it is now.', accountView),
        ...CHANGE_PROBLEMS,
        ...UNAVAILABLE_PROBLEM,
      },
    }),
    async (c) => {
      const { deps, now } = c.var;
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const replaced = replacedRecipients(input.account.recipients, c.req.valid('json'), now);
      // Before it is saved: an address that looks deliverable and is not would be the worse of the two.
      for (const { index, email } of replaced.confirmed) await lift(deps, email, `${index}.confirm`, now);
      const next = await savedAccount(deps, input, changeAccount(input.account, { recipients: replaced.recipients }));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}

/** Throws 503 `mail_service_unavailable`. */
async function lift({ suppressions }: ApiDeps, email: string, field: string, now: Instant): Promise<void> {
  try {
    await suppressions.lift(email);
  } catch (error) {
    logger.warn('The mail service does not take an address off its suppression list', { ...failureOf(error) });
    throw new Problem(
      503,
      'mail_service_unavailable',
      'The mail service did not take the address off its list of addresses that it mails to no more. Nothing was changed; ask again later.',
      { field, retryAt: addMinutes(now, ASK_AGAIN_MINUTES) },
    );
  }
}
