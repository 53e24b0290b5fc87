import type { LocalStack } from '../stack-options.ts';

/** The roles whose tokens are shown on screen, and what they may do. */
export const ROLES = {
  finance: 'runs, invoices, downloads',
  ops: 'dead letters, redrive',
  staff: 'accounts, subscriptions, payment methods',
  'billing-admin': 'one customer’s own account and invoices',
} as const;
export type Role = keyof typeof ROLES;

/** A day: who looks at the sample today should not have to ask for new tokens. */
const TOKEN_SECONDS = 86_400;

/** A token for a role; a billing admin's is for one account. */
export const tokenFor = (stack: LocalStack, role: Role, accountId?: string): Promise<string> =>
  stack.token(
    {
      sub: `sample-${role}`,
      groups: [role],
      ...(accountId === undefined ? { sellers: ['*'] } : { accountId }),
      email: `${role}@northwind-telecom.example`,
    },
    TOKEN_SECONDS,
  );

/** Calls the API as one role. */
export class ApiClient {
  private readonly url: string;
  private readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** The JSON body of the answer. Throws with what the API said for anything but success. */
  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** Everything of a paged list, page by page. */
  async *pages<T>(path: string, field: string): AsyncGenerator<T> {
    let cursor: string | undefined;
    do {
      const separator = path.includes('?') ? '&' : '?';
      const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await this.get<Record<string, unknown>>(`${path}${separator}limit=100${from}`);
      yield* page[field] as T[];
      cursor = page.cursor as string | undefined;
    } while (cursor !== undefined);
  }
}
