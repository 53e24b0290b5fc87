import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { dateIn } from '../../shared/domain/calendar.ts';
import { decideExemption, requestExemption } from '../../shared/domain/tax/changes.ts';
import { idSchema, remarkSchema } from '../../shared/import/field-schemas.ts';
import { exemptionSchema } from '../../shared/import/tax-schemas.ts';
import { accountView, etagOf, exemptionView, viewAccount, viewExemption } from './account-view.ts';
import { newRoutes, permittedForAccount, savedAccount, sellerOfAccount, unchanged } from './context.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json, PROBLEMS } from './route-parts.ts';

const changed = { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS };
const listed = z.object({ exemptions: z.array(exemptionView) });
const tags = ['Taxes'];

const reason = remarkSchema();
/** A rejection says why. */
const decisionSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('in-review') }),
  z.strictObject({ status: z.literal('approved') }),
  z.strictObject({ status: z.literal('rejected'), reason }),
]);

/** Customers ask for tax exemptions, staff decide (R136, R137, C28). */
export function exemptions() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'get',
      path: '/accounts/{accountId}/exemptions',
      summary: 'The account’s exemption certificates and what became of them',
      tags,
      middleware: permittedForAccount('account.read'),
      request: { params: accountParams },
      responses: { 200: json('The certificates, in the order of the requests.', listed), ...PROBLEMS },
    }),
    (c) => {
      const { account } = c.var.input;
      return c.json({ exemptions: (account.exemptions ?? []).map(viewExemption) }, 200, etagOf(account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/exemptions',
      summary: 'Asks for an exemption: pending until staff has looked at the certificate',
      tags,
      middleware: permittedForAccount('exemption.request'),
      request: { params: accountParams, headers: ifMatchSchema, body: body(exemptionSchema) },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const requested = { at: c.var.now, by: c.var.principal.subject };
      const account = requestExemption(input.account, c.req.valid('json'), requested);
      const next = await savedAccount(c.var.deps, input, account);
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/exemptions/{exemptionId}/decision',
      summary: 'Takes a certificate into review, approves or rejects it; an approval applies to invoices from today on',
      tags,
      middleware: permittedForAccount('exemption.decide'),
      request: {
        params: accountParams.extend({ exemptionId: idSchema }),
        headers: ifMatchSchema,
        body: body(decisionSchema),
      },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const { timeZone } = sellerOfAccount(c.var.deps, input);
      const account = decideExemption(input.account, c.req.valid('param').exemptionId, {
        ...c.req.valid('json'),
        by: c.var.principal.subject,
        on: dateIn(c.var.now, timeZone),
      });
      const next = await savedAccount(c.var.deps, input, account);
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}
