import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Account } from '../../shared/domain/account.ts';
import { grantBillingAdmin } from '../../shared/domain/billing-admins.ts';
import { GRANT_WORDS } from '../../shared/domain/grants.ts';
import { SelfServiceRefused } from '../../shared/domain/self-service.ts';
import { idSchema } from '../../shared/import/field-schemas.ts';
import { etagOf } from './account-view.ts';
import { newRoutes, permittedForAccount, savedAccount, sellerOfAccount, unchanged } from './context.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json, PROBLEMS } from './route-parts.ts';
import { asksForItself } from './self-service.ts';

const grantsSchema = z.union(
  [
    z.literal('everything'),
    z
      .array(z.enum(GRANT_WORDS))
      .max(GRANT_WORDS.length)
      .refine((words) => !words.includes('pay') || words.includes('view'), 'who pays must be let view, too'),
  ],
  { error: `must be "everything" or a list of ${GRANT_WORDS.join(', ')}` },
);
const listView = z
  .object({ billingAdmins: z.array(z.object({ subject: z.string(), grants: grantsSchema })) })
  .meta({ id: 'BillingAdmins' });

const viewBillingAdmins = ({ billingAdmins = {} }: Account): z.infer<typeof listView> => ({
  billingAdmins: Object.entries(billingAdmins)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, grants]) => ({ subject, grants: grants === 'everything' ? grants : [...grants] })),
});

const tags = ['Billing admins'];

/** What a customer's billing admins may do: by support, and where the seller allows it by the customer itself (R10–R13, C2). */
export function billingAdmins() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/billing-admins',
      summary: 'What is on record of what billing admins may do; of all others their tokens say it',
      tags,
      middleware: permittedForAccount('billing-admin.manage'),
      request: { params: accountParams },
      responses: { 200: json('By subject.', listView), ...PROBLEMS },
    }),
    (c) => c.json(viewBillingAdmins(c.var.input.account), 200, etagOf(c.var.input.account)),
  );
  routes.openapi(
    createRoute({
      method: 'put',
      path: '/accounts/{accountId}/billing-admins/{subject}',
      summary: 'Says what a billing admin may do, from the next request on; an empty list takes all of it away',
      description:
        '`subject` is the `sub` of the person in the user pool. It holds instead of what the token grants, and of this ' +
        'account alone. Nobody sets their own, and one who may do everything is always left.',
      tags,
      middleware: permittedForAccount('billing-admin.manage'),
      request: {
        params: accountParams.extend({ subject: idSchema }),
        headers: ifMatchSchema,
        body: body(z.strictObject({ grants: grantsSchema })),
      },
      responses: { 200: json('All that are on record now.', listView), ...CHANGE_PROBLEMS },
    }),
    async (c) => {
      const { deps, principal } = c.var;
      const itself = asksForItself(c, 'billing-admin.manage');
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      if (itself && sellerOfAccount(deps, input).billingAdminsByCustomers !== true)
        throw new SelfServiceRefused('field_of_support', 'subject');
      const { subject } = c.req.valid('param');
      const { grants } = c.req.valid('json');
      const account = grantBillingAdmin(input.account, subject, grants, itself ? principal.subject : undefined);
      const next = account === input.account ? input : await savedAccount(deps, input, account);
      return c.json(viewBillingAdmins(next.account), 200, etagOf(next.account));
    },
  );
  return routes;
}
