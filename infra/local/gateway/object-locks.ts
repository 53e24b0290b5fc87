import { Refusal } from './refusal.ts';
import type { Place } from './s3-request.ts';
import type { Backend } from './wire.ts';

const DAY_MS = 86_400_000;
const REPLACES: ReadonlySet<string> = new Set([
  'PutObject',
  'CompleteMultipartUpload',
  'CreateMultipartUpload',
  'UploadPart',
]);

/**
 * Buckets whose objects nobody may delete or replace for a time. On AWS the lock keeps every version, and the bucket's
 * policy denies what would hide the first one; here an object has one version, so both come to the same: it stays.
 */
export class ObjectLocks {
  private readonly backend: Backend;
  private readonly lockedDays: Readonly<Record<string, number>>;
  private readonly now: () => Date;

  constructor(backend: Backend, lockedDays: Readonly<Record<string, number>>, now: () => Date) {
    this.backend = backend;
    this.lockedDays = lockedDays;
    this.now = now;
  }

  /** Throws a `Refusal` when an action would delete or replace an object that is locked. */
  async demand(action: string, place: Place, onlyIfAbsent: boolean): Promise<void> {
    const days = this.lockedDays[place.bucket];
    if (days === undefined) return;
    if (action === 'DeleteBucket') throw new Refusal('denied', 'The bucket holds objects under a lock.');
    if (REPLACES.has(action) && onlyIfAbsent) return;
    if (!REPLACES.has(action) && action !== 'DeleteObject') return;
    const head = await this.backend.call({ method: 'HEAD', path: place.path, headers: {} });
    head.resume();
    if (head.statusCode !== 200 && action === 'DeleteObject') return;
    if (head.statusCode !== 200)
      throw new Refusal(
        'denied',
        'Into a locked bucket objects are written with If-None-Match, so that none is replaced.',
      );
    const until = Date.parse(String(head.headers['last-modified'])) + days * DAY_MS;
    if (this.now().getTime() < until)
      throw new Refusal('denied', `The object is locked until ${new Date(until).toISOString()}.`);
  }
}
