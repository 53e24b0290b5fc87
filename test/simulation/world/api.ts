import { createApi } from '../../../functions/api/app.ts';
import type { ApiDeps } from '../../../functions/api/context.ts';
import type { World } from './world.ts';

const LIMIT_MS = 29_000;

/** Who calls; as the tokens of API Gateway name them. */
export const PEOPLE = {
  finance: { sub: 'finn', 'cognito:groups': '[finance]', 'custom:sellers': '*' },
  ops: { sub: 'olga', 'cognito:groups': '[ops]', 'custom:sellers': '*' },
  staff: { sub: 'stan', 'cognito:groups': '[staff]', 'custom:sellers': '*' },
} as const;
export const adminOf = (accountId: string) => ({
  sub: `admin-of-${accountId}`,
  'cognito:groups': '[billing-admin]',
  'custom:accountId': accountId,
});
type Claims = Readonly<Record<string, string>>;

export interface Call {
  readonly as: Claims;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** `Idempotency-Key`. */
  readonly key?: string;
  /** `If-Match`. */
  readonly version?: number;
}

/** Absent status: there was no answer. */
export interface Reply {
  readonly status?: number;
  // biome-ignore lint/suspicious/noExplicitAny: whoever calls knows the shape.
  readonly body?: any;
}

let current: (() => ApiDeps) | undefined;
/** Built once: its routes cost more than a whole run. Which world it serves is decided at the beginning of each request. */
const app = createApi(() => {
  if (!current) throw new Error('No world is being simulated');
  return current();
});

/** The HTTP API as people use it. */
export class Api {
  readonly #world: World;
  readonly #deps: () => ApiDeps;

  constructor(world: World, deps: () => ApiDeps) {
    this.#world = world;
    this.#deps = deps;
  }

  /** Sends a request; answers once it is over, however it ends. Start it from an event of its own. */
  request(call: Call, answered: (reply: Reply) => void): void {
    let reply: Reply = {};
    this.#world.machine.spawn(
      `api ${call.method} ${call.path}`,
      LIMIT_MS,
      async () => {
        reply = await this.#send(call);
        this.#world.machine.log(`answer ${reply.status} ${reply.body?.code ?? ''}`);
      },
      () => answered(reply),
    );
  }

  async #send({ as, method, path, body, key, version }: Call): Promise<Reply> {
    const headers = {
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    };
    const event = { requestContext: { authorizer: { jwt: { claims: as } } } };
    current = this.#deps;
    const response = await app.request(
      path,
      { method, headers, ...(body && { body: JSON.stringify(body) }) },
      { event },
    );
    return { status: response.status, body: await response.json() };
  }
}
