import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { changeAccount } from '../../shared/domain/account-changes.ts';
import { addMinutes, dateIn } from '../../shared/domain/calendar.ts';
import { ownTaxIds } from '../../shared/domain/self-service.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { recordEvidence, taxIdToValidate } from '../../shared/domain/tax/changes.ts';
import { vatPrefix } from '../../shared/domain/tax/national.ts';
import { compactTaxId } from '../../shared/domain/tax/tax-id.ts';
import { taxIdsSchema } from '../../shared/import/tax-schemas.ts';
import { accountView, etagOf, viewAccount } from './account-view.ts';
import { newRoutes, permittedForAccount, savedAccount, sellerOfAccount, unchanged } from './context.ts';
import { Problem } from './problem.ts';
import { accountParams, body, CHANGE_PROBLEMS, ifMatchSchema, json, UNAVAILABLE_PROBLEM } from './route-parts.ts';
import { asksForItself } from './self-service.ts';

const changed = { 200: json('The account as it is now.', accountView), ...CHANGE_PROBLEMS };
const tags = ['Taxes'];
const ASK_AGAIN_MINUTES = 15;

/** A customer's tax IDs, and whether the authority knows them (R138, C14). */
export function taxIds() {
  const routes = newRoutes();
  routes.openapi(
    createRoute({
      method: 'put',
      path: '/accounts/{accountId}/tax-ids',
      summary: 'The customer’s tax IDs; one that stays keeps what the authority said about it',
      tags,
      middleware: permittedForAccount('profile.write'),
      request: { params: accountParams, headers: ifMatchSchema, body: body(taxIdsSchema) },
      responses: changed,
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const asked = c.req.valid('json');
      const taxIds = asksForItself(c, 'profile.write') ? ownTaxIds(input.account.taxIds, asked) : asked;
      const next = await savedAccount(c.var.deps, input, changeAccount(input.account, { taxIds }));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  routes.openapi(
    createRoute({
      method: 'post',
      path: '/accounts/{accountId}/tax-ids/validate',
      summary: 'Asks VIES about a VAT ID of the account and keeps the dated answer as evidence, also when it is no',
      tags,
      middleware: permittedForAccount('profile.write'),
      request: {
        params: accountParams,
        headers: ifMatchSchema,
        body: body(z.strictObject({ value: z.string().max(40) })),
      },
      responses: { ...changed, ...UNAVAILABLE_PROBLEM },
    }),
    async (c) => {
      const input = unchanged(c.var.input, c.req.valid('header')['if-match']);
      const seller = sellerOfAccount(c.var.deps, input);
      const id = taxIdToValidate(input.account, c.req.valid('json').value);
      const answer = await c.var.deps.taxIdAuthority.validate(compactTaxId(id.value), c.var.now, requesterOf(seller));
      if (answer.kind === 'unavailable')
        throw new Problem(
          503,
          'tax_authority_unavailable',
          `${answer.authority} gave no answer (${answer.reason}). Nothing is known about the tax ID; ask again later.`,
          { field: 'value', retryAt: addMinutes(c.var.now, ASK_AGAIN_MINUTES) },
        );
      const { kind: _answered, ...said } = answer;
      const evidence = { ...said, on: dateIn(said.at, seller.timeZone) };
      const next = await savedAccount(c.var.deps, input, recordEvidence(input.account, id, evidence));
      return c.json(viewAccount(next), 200, etagOf(next.account));
    },
  );
  return routes;
}

/** The seller's own VAT ID at home. */
function requesterOf({ address, taxIds: own }: Seller): string | undefined {
  const prefix = vatPrefix(address.country);
  return own.map(({ value }) => compactTaxId(value)).find((value) => value.startsWith(prefix));
}
