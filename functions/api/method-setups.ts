import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { takeInSetup } from '../../shared/collection/processor-methods.ts';
import { ChangeRefused } from '../../shared/domain/account-changes.ts';
import { kindsWithRoom } from '../../shared/domain/method-changes.ts';
import { METHOD_KINDS } from '../../shared/domain/retry-policy.ts';
import { newRoutes, permittedForAccount, sellerOfAccount } from './context.ts';
import { answering, Problem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, json, UNAVAILABLE_PROBLEM } from './route-parts.ts';

const tags = ['Payment methods'];
const wish = z.strictObject({
  kinds: z.array(z.enum(METHOD_KINDS)).min(1).max(3).optional().describe('Absent: every kind that there is room for.'),
});
const begun = z.object({
  setupId: z.string(),
  url: z.url().describe('The processor’s page, open for a day: send the browser there.'),
  kinds: z.array(z.enum(METHOD_KINDS)),
});
const completion = z.object({
  status: z.enum(['open', 'expired', 'added', 'refused']),
  methodId: z.string().optional(),
  code: z.string().optional(),
  reason: z.string().optional().describe('Why what was entered cannot be kept.'),
});
const setupParams = accountParams.extend({ setupId: z.string().regex(/^(cs|seti)_\w{1,200}$/) });

/** Adding a method on the processor's page, where the bank authenticates it: card numbers never come here (R32, R44, R153). */
export function methodSetups() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/payment-method-setups',
      summary: 'Opens the processor’s page for adding a card, bank account or connected account',
      description:
        'The browser comes back to the portal’s `/payment-methods?setup=…`; what was entered is added by then or soon after.',
      tags,
      middleware: permittedForAccount('method.write'),
      request: { params: accountParams, body: body(wish) },
      responses: { 201: json('Where to send the browser.', begun), ...CHANGE_PROBLEMS, ...UNAVAILABLE_PROBLEM },
    }),
    async (c) => {
      const { deps, input, now } = c.var;
      const { accountId, sellerId, currency } = input.account;
      const room = kindsWithRoom(input);
      const kinds = (c.req.valid('json').kinds ?? METHOD_KINDS).filter((kind) => room.includes(kind));
      if (kinds.length === 0) throw new ChangeRefused('method_limit', 'kinds', currency);
      const { portalUrl } = sellerOfAccount(deps, input).support;
      const setup = await answering(now, async () => {
        const known = input.methods.at(0)?.processorCustomer;
        const customer = known ?? (await deps.processor.createCustomer({ sellerId, accountId }));
        const returnTo = `${portalUrl.replace(/\/$/, '')}/payment-methods`;
        return await deps.processor.beginSetup({ sellerId, accountId, currency, customer, kinds, returnTo });
      });
      return c.json({ ...setup, kinds }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/payment-method-setups/{setupId}/completion',
      summary: 'What came of it: adds the method if the processor’s news has not done so yet',
      tags,
      middleware: permittedForAccount('method.write'),
      request: { params: setupParams },
      responses: {
        200: json('Added, refused with the reason, or still open.', completion),
        ...CHANGE_PROBLEMS,
        ...UNAVAILABLE_PROBLEM,
      },
    }),
    async (c) => {
      const { deps, input, now } = c.var;
      const setup = await answering(now, () => deps.processor.setup(c.req.valid('param').setupId));
      if (setup?.accountId !== input.account.accountId || setup.sellerId !== input.account.sellerId)
        throw new Problem(404, 'setup_not_found', 'The account has no such setup.', { field: 'setupId' });
      const { kind, ...rest } = await takeInSetup({ ...deps, sellers: deps.stage.sellers }, setup, now);
      return c.json({ status: kind === 'not-ours' ? 'open' : kind, ...rest }, 200);
    },
  );
  return routes;
}
