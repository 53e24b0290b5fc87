import { ApiError } from './api-error.ts';
import type { Books, SavedAnswer } from './books.ts';

/** Stripe forgets a key some time after 24 hours; here exactly then, for what may happen must happen. */
const KEY_HOLDS_SECONDS = 24 * 60 * 60;

/** Stripe's rules for the header `Idempotency-Key` (docs.stripe.com/api/idempotent_requests). */
export class Idempotency {
  readonly #books: Books;
  readonly #seconds: () => number;
  readonly #underWay = new Set<string>();

  constructor(books: Books, seconds: () => number) {
    this.#books = books;
    this.#seconds = seconds;
  }

  /**
   * Claims a key for a request until `release`. Returns the answer it has; throws 400 for another request under the same
   * key and 409 while the first is under way.
   */
  claim(key: string, request: string): SavedAnswer | undefined {
    if (this.#underWay.has(key)) {
      throw new ApiError(409, {
        type: 'invalid_request_error',
        code: 'idempotency_key_in_use',
        message: 'There is currently another in-progress request using this Idempotency-Key.',
      });
    }
    const saved = this.#books.answers.get(key);
    if (saved && this.#seconds() - saved.at < KEY_HOLDS_SECONDS) {
      if (saved.request === request) return saved;
      throw new ApiError(400, {
        type: 'idempotency_error',
        message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      });
    }
    this.#underWay.add(key);
    return undefined;
  }

  save(key: string, request: string, status: number, body: unknown): void {
    this.#books.put({ table: 'answers', value: { key, request, at: this.#seconds(), status, body } });
  }

  release(key: string): void {
    this.#underWay.delete(key);
  }
}
