import { OpenAPIHono } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import type { z } from 'zod';
import type { Account, BillingInput } from '../../shared/domain/account.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { type Offering, problemsOf } from '../../shared/import/account-line.ts';
import { idSchema } from '../../shared/import/field-schemas.ts';
import type {
  AccessLog,
  AccountStore,
  Anchors,
  AuditStore,
  BooksStore,
  CollectionStore,
  CreditNoteStore,
  DeadLetterStore,
  DeliveryListings,
  DeliveryStore,
  Documents,
  ErasureStore,
  ExportStore,
  ImportFiles,
  InvoiceStore,
  IssuedUsageStore,
  LedgerStore,
  NumberStore,
  OrderStore,
  PaymentProcessor,
  ProcessorLookups,
  ProcessorMethods,
  Queues,
  QuoteStore,
  ReconciliationStore,
  RequestStore,
  RunStore,
  ServiceStore,
  SuppressionList,
  TaxIdAuthority,
  UsageExceptionStore,
} from '../../shared/ports.ts';
import {
  type Access,
  accessToAccount,
  accessToSeller,
  type Permission,
  type Principal,
  principalOf,
} from './access.ts';
import { invalid, Problem, productProblem } from './problem.ts';

/** What the API needs from the world. */
export interface ApiDeps {
  readonly store: AccountStore &
    OrderStore &
    RequestStore &
    Pick<ErasureStore, 'beginErasure' | 'erasuresOf'> &
    Pick<
      InvoiceStore,
      | 'loadAccount'
      | 'loadForBilling'
      | 'invoice'
      | 'receivable'
      | 'receivablesOf'
      | 'receivablesIn'
      | 'byNumber'
      | 'journal'
    > &
    Pick<RunStore, 'shards' | 'entries' | 'tally' | 'runs' | 'dueAccounts'> &
    Pick<DeliveryStore, 'delivery' | 'loadForMail' | 'recordPdf' | 'recordReissue' | 'sendAgain' | 'againLog'> &
    DeliveryListings &
    Pick<CollectionStore, 'attempts' | 'updateReceivable'> &
    Pick<DeadLetterStore, 'deadLetters' | 'deadLetter' | 'markRedriven' | 'takeSlots'> &
    NumberStore &
    BooksStore &
    CreditNoteStore &
    QuoteStore &
    LedgerStore &
    Pick<ExportStore, 'beginExport' | 'export'> &
    Pick<ServiceStore, 'account' | 'confirmServices' | 'pendingSince'> &
    Pick<ReconciliationStore, 'reconciliation' | 'reconciliationsOf'> &
    Pick<UsageExceptionStore, 'openExceptions' | 'usageException' | 'changeException'> &
    IssuedUsageStore;
  readonly queues: Queues;
  readonly accessLog: AccessLog;
  readonly auditLogs: Pick<AuditStore, 'entries' | 'newest'>;
  readonly anchors: Pick<Anchors, 'anchorsOf'>;
  readonly documents: Pick<Documents, 'presign' | 'load' | 'storeOnce'>;
  readonly imports: Pick<ImportFiles, 'presignUpload' | 'readReport'>;
  readonly taxIdAuthority: TaxIdAuthority;
  readonly suppressions: SuppressionList;
  readonly processor: Pick<ProcessorLookups, 'confirmationOf'> & Pick<PaymentProcessor, 'lookAt'> & ProcessorMethods;
  readonly stage: Offering;
  readonly now: () => Instant;
}

/** API Gateway's event, of which only what the gateway itself says is read: the verified claims, and where the request is from. */
interface Bindings {
  readonly event?: {
    readonly requestContext?: {
      readonly authorizer?: { readonly jwt?: { readonly claims?: unknown } };
      readonly http?: { readonly sourceIp?: string };
      readonly requestId?: string;
    };
  };
}
export interface ApiEnv {
  Bindings: Bindings;
  Variables: { deps: ApiDeps; now: Instant; principal: Principal; input: BillingInput; seller: Seller };
}

/** A part of the API. A request that does not fit a route's schema is answered with 400 and every field that is wrong. */
export const newRoutes = (): OpenAPIHono<ApiEnv> =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(400, problemsOf(result.error as unknown as z.ZodError));
    },
  });

/** Every route but the public ones: the token was verified by the gateway, here it is read. */
export const authenticated = createMiddleware<ApiEnv>(async (c, next) => {
  const principal = principalOf(c.env?.event?.requestContext?.authorizer?.jwt?.claims);
  if (principal === undefined) throw new Problem(401, 'unauthenticated', 'The request carries no valid token.');
  c.set('principal', principal);
  await next();
});

/** Requires a permission that is not about one seller; what the answer may contain, the route decides. */
export const permitted = (permission: Permission) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    admit(accessToSeller(c.var.principal, permission), permission, productProblem('seller_not_found'));
    await next();
  });

/** Requires a permission for the seller in the path. A seller that the caller does not work for does not exist. */
export const permittedForSeller = (permission: Permission) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const sellerId = c.req.param('sellerId') ?? '';
    const absent = productProblem('seller_not_found', 'sellerId');
    admit(accessToSeller(c.var.principal, permission, sellerId), permission, absent);
    const seller = c.var.deps.stage.sellers.find((candidate) => candidate.sellerId === sellerId);
    if (seller === undefined) throw absent;
    c.set('seller', seller);
    await next();
  });

/** Requires a permission for the account in the path, and loads it. A foreign account does not exist. */
export const permittedForAccount = (permission: Permission) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const accountId = c.req.param('accountId') ?? '';
    const absent = productProblem('account_not_found', 'accountId');
    const input = idSchema.safeParse(accountId).success ? await c.var.deps.store.loadAccount(accountId) : undefined;
    const { sellerId, billingAdmins } = input?.account ?? {};
    const target = { accountId, sellerId, billingAdmins };
    admit(accessToAccount(c.var.principal, permission, target), permission, absent);
    if (input === undefined) throw absent;
    c.set('input', input);
    await next();
  });

function admit(access: Access, permission: Permission, absent: Problem): void {
  if (access === 'hidden') throw absent;
  if (access === 'forbidden') throw new Problem(403, 'forbidden', `You are not granted ${permission}.`);
}

/** The account, if it is still as the caller saw it. Throws 409 `account_changed`. */
export function unchanged(input: BillingInput, version: number): BillingInput {
  if (input.account.version !== version) throw productProblem('account_changed', 'If-Match');
  return input;
}

/** Throws 409 `account_changed` when somebody was faster. */
export function saved(result: 'written' | 'stale'): void {
  if (result === 'stale') throw productProblem('account_changed', 'If-Match');
}

/** Writes a changed account. Throws 409 `account_changed` when somebody was faster. */
export async function savedAccount({ store }: ApiDeps, input: BillingInput, account: Account): Promise<BillingInput> {
  saved(await store.updateAccount(account));
  return { ...input, account };
}

/** The seller of an account. Throws `seller_not_found`. */
export function sellerOfAccount({ stage }: ApiDeps, { account }: BillingInput): Seller {
  const seller = stage.sellers.find(({ sellerId }) => sellerId === account.sellerId);
  if (seller === undefined) throw productProblem('seller_not_found', 'sellerId');
  return seller;
}
