import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, internalError, invalid, rateLimited, refused } from './api-error.ts';
import type { Fault } from './faults.ts';
import type { Idempotency } from './idempotency.ts';
import { type Parameters, parseForm } from './parameters.ts';
import type { Routes } from './route.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  /** The `Idempotency-Key`, on POST requests. */
  readonly key?: string;
}

export interface FullRequest extends ReceivedRequest {
  readonly authorization: string;
  /** Of the body, or of the query string. */
  readonly form: string;
}

/** `drop` breaks the connection, `silence` never answers. */
export type Answer =
  | {
      readonly status: number;
      readonly body: unknown;
      readonly replayed: boolean;
      /** False: no key keeps it. */
      readonly saved?: boolean;
    }
  | 'drop'
  | 'silence';

/** Called around the work on a request, e.g. to kill the caller just before or just after a charge. */
export type Hook = (request: ReceivedRequest, phase: 'before' | 'after') => void | Promise<void>;

/** Works on one request: faults, then the idempotency key, then the route. Never rejects but for a bug of ours. */
export function responder(routes: Routes, idempotency: Idempotency, hook: Hook) {
  const execute = (request: FullRequest): Answer => {
    for (const [method, pattern, handle] of routes) {
      const match = method === request.method && pattern.exec(request.path);
      if (match) return { status: 200, body: handle(parseForm(request.form), match[1] ?? ''), replayed: false };
    }
    throw invalid(`Unrecognized request URL (${request.method}: ${request.path}).`, {}, 404);
  };

  const work = async (request: FullRequest, fault: Fault | undefined): Promise<Answer> => {
    if (fault?.kind === 'slow') await sleep(fault.delayMs ?? 0);
    await hook(request, 'before');
    if (fault?.kind === 'saved-500-before') throw internalError(true);
    const answer = outcome(() => execute(request));
    await hook(request, 'after');
    if (fault?.kind === 'saved-500-after') throw internalError(true);
    if (answer instanceof ApiError) throw answer;
    return answer;
  };

  const once = async (request: FullRequest, key: string, fault: Fault | undefined): Promise<Answer> => {
    const fingerprint = `${request.method} ${request.path} ${sorted(parseForm(request.form))}`;
    const saved = idempotency.claim(key, fingerprint);
    if (saved) return { status: saved.status, body: saved.body, replayed: true };
    try {
      const answer = await work(request, fault).catch(asAnswer);
      if (typeof answer === 'object' && answer.saved !== false)
        idempotency.save(key, fingerprint, answer.status, answer.body);
      return answer;
    } finally {
      idempotency.release(key);
    }
  };

  return async (request: FullRequest, fault: Fault | undefined): Promise<Answer> => {
    if (fault?.kind === 'timeout-before') return 'silence';
    if (fault?.kind === 'drop-before') return 'drop';
    const answer = await (async () => {
      if (!/^Bearer [rs]k_/.test(request.authorization))
        throw new ApiError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
      if (fault?.kind === '429') throw rateLimited();
      if (fault?.kind === '403') throw refused();
      if (fault?.kind === '500-before') throw internalError(false);
      return await (request.key ? once(request, request.key, fault) : work(request, fault));
    })().catch(asAnswer);
    if (fault?.kind === 'timeout-after') return 'silence';
    if (fault?.kind === 'drop-after') return 'drop';
    if (fault?.kind === '500-after') return asAnswer(internalError(false));
    return answer;
  };
}

function outcome<T>(run: () => T): T | ApiError {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function asAnswer(error: unknown) {
  if (!(error instanceof ApiError)) throw error;
  return { status: error.status, body: error.body, replayed: false, saved: error.saved };
}

const sorted = (parameters: Parameters): string => JSON.stringify(Object.entries(parameters).sort());
