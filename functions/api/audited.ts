import { createMiddleware } from 'hono/factory';
import { acting } from '../../shared/aws/acting.ts';
import type { Actor } from '../../shared/domain/audit/entry.ts';
import type { ApiEnv } from './context.ts';

/** Requests that change something leave their trace on what they change. */
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Somebody asked for what is not for them. */
const REFUSALS: ReadonlySet<number> = new Set([403, 404]);
/** Looks over many accounts at once: even where there happens to be but one, nobody asked for that one. */
const LISTINGS = /^\/(dead-letters|sellers\/[^/]+\/(accounts|preview|runs))(\/|$)/;

/**
 * Every route but the public ones: whatever it writes is written in the name of who asks, and that somebody read something
 * of an account, or tried to, is noted before it is answered (R45). A listing of several accounts is no access to each.
 */
export const audited = createMiddleware<ApiEnv>(async (c, next) => {
  const { principal, now, deps } = c.var;
  const { http, requestId } = c.env?.event?.requestContext ?? {};
  const actor: Actor = {
    by: principal.subject,
    roles: principal.roles,
    ...(http?.sourceIp && { from: http.sourceIp }),
    ...(requestId && { requestId }),
  };
  await acting.as(
    actor,
    () => now,
    async (read) => {
      await next();
      const [accountId, ...others] = read;
      if (accountId === undefined || others.length > 0 || !READS.has(c.req.method)) return;
      if (LISTINGS.test(c.req.path)) return;
      const { status } = c.res;
      if (status >= 400 && !REFUSALS.has(status)) return;
      await deps.accessLog.recordAccess(accountId, { request: `${c.req.method} ${c.req.path}`, status });
    },
  );
});
