import * as z from 'zod';
import type { Role, Session } from './session.ts';

const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
});

/** An answer of the API that is not the one hoped for, as a sentence. */
export class ApiProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ApiClient {
  /** Throws `ApiProblem`; and an error that names the field when the answer is not what the API describes. */
  get<T>(role: Role, path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(role: Role, path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  /** A file that the API answers with itself. Throws `ApiProblem`. */
  file(role: Role, path: string): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }>;
}

export function apiClient(session: Session): ApiClient {
  const ask = async (role: Role, path: string, body?: object): Promise<Response> => {
    const response = await reach(new URL(path, session.url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${session.token(role)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new ApiProblem(response.status, describe(response.status, await answerOf(response)));
  };
  const call = async <T>(role: Role, path: string, schema: z.ZodType<T>, body?: object): Promise<T> =>
    schema.parse(await answerOf(await ask(role, path, body)));
  return {
    file: async (role, path) => {
      const response = await ask(role, path);
      const [, fileName = 'document.pdf'] =
        /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
      return { fileName, bytes: new Uint8Array(await response.arrayBuffer()) };
    },
    get: (role, path, schema) => call(role, path, schema),
    post: (role, path, body, schema) => call(role, path, schema, body),
  };
}

const answerOf = (response: Response): Promise<unknown> => response.json().catch(() => undefined);

/** `fetch`, with a sentence when there is nobody at the other end. */
export async function reach(url: URL, request: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    const { cause, message } = error as Error;
    throw new Error(`${url.origin} cannot be reached: ${cause instanceof Error ? cause.message : message}`);
  }
}

function describe(status: number, answer: unknown): string {
  const problem = problemSchema.safeParse(answer).data;
  if (problem === undefined)
    return status === 401 ? 'The token is not valid (any more).' : `The API answered with status ${status}.`;
  const { errors = [], detail } = problem;
  return errors.length > 0 ? errors.map(({ field, reason }) => `${field || 'request'}: ${reason}`).join('\n') : detail;
}

/** Everything of a paged listing. `path` may have a query already. */
export async function* allPages<T extends { readonly cursor?: string | undefined }>(
  api: ApiClient,
  role: Role,
  path: string,
  schema: z.ZodType<T>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const separator = path.includes('?') ? '&' : '?';
    const next = cursor === undefined ? path : `${path}${separator}cursor=${encodeURIComponent(cursor)}`;
    const page: T = await api.get(role, next, schema);
    yield page;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
