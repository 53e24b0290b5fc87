import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.ts';
import type { Backend, Incoming } from './wire.ts';

/** Buckets with an object lock, and for how many days it holds an object that says nothing else; absent: it does not. */
export type BucketLocks = Readonly<Record<string, { readonly days?: number | undefined }>>;

const DAY_MS = 86_400_000;
const REPLACES: ReadonlySet<string> = new Set([
  'PutObject',
  'CompleteMultipartUpload',
  'CreateMultipartUpload',
  'UploadPart',
]);

const MODE = 'x-amz-object-lock-mode';
const UNTIL = 'x-amz-object-lock-retain-until-date';
/** fauxqs knows no locks, but it keeps what it is told of an object beside. */
const KEPT_AS: Readonly<Record<string, string>> = {
  [MODE]: 'x-amz-meta-local-lock-mode',
  [UNTIL]: 'x-amz-meta-local-lock-until',
};

/** Whether a request would lock the object that it writes: that needs a permission of its own. */
export const locks = (headers: IncomingHttpHeaders): boolean =>
  headers[MODE] !== undefined || headers[UNTIL] !== undefined;

/** Headers as fauxqs is to get them. */
export const keptHeader = (name: string): string => KEPT_AS[name] ?? name;
/** Headers as S3 shows them. */
export const shownHeader = (name: string): string =>
  Object.keys(KEPT_AS).find((header) => KEPT_AS[header] === name) ?? name;

/**
 * Objects that nobody may delete or replace for a time. On AWS the lock keeps every version, and the bucket's policy denies
 * what would hide the first one; here an object has one version, so both come to the same: it stays.
 */
export class ObjectLocks {
  private readonly backend: Backend;
  private readonly buckets: BucketLocks;
  private readonly now: () => Date;

  constructor(backend: Backend, buckets: BucketLocks, now: () => Date) {
    this.backend = backend;
    this.buckets = buckets;
    this.now = now;
  }

  /** Throws a `Refusal` when an action would delete or replace an object that is locked, or asks for a lock S3 would not give. */
  async demand(
    action: string,
    place: { readonly bucket: string; readonly path: string },
    { headers }: Pick<Incoming, 'headers'>,
    onlyIfAbsent: boolean,
  ): Promise<void> {
    const bucket = this.buckets[place.bucket];
    if (locks(headers)) this.checkLock(headers, bucket !== undefined);
    if (bucket === undefined) return;
    if (action === 'DeleteBucket') throw new Refusal('denied', 'The bucket holds objects under a lock.');
    if (REPLACES.has(action) && onlyIfAbsent) return;
    if (!REPLACES.has(action) && action !== 'DeleteObject') return;
    const head = await this.backend.call({ method: 'HEAD', path: place.path, headers: {} });
    head.resume();
    if (head.statusCode !== 200) {
      if (action === 'DeleteObject' || bucket.days === undefined) return;
      throw new Refusal(
        'denied',
        'Into a locked bucket objects are written with If-None-Match, so that none is replaced.',
      );
    }
    const until = lockedUntil(head.headers, bucket.days);
    if (this.now().getTime() < until)
      throw new Refusal('denied', `The object is locked until ${new Date(until).toISOString()}.`);
  }

  private checkLock(headers: IncomingHttpHeaders, lockable: boolean): void {
    if (!lockable) throw new Refusal('InvalidRequest', 'Bucket is missing Object Lock Configuration', 400);
    const until = Date.parse(String(headers[UNTIL]));
    if (!['GOVERNANCE', 'COMPLIANCE'].includes(String(headers[MODE])) || Number.isNaN(until))
      throw new Refusal('InvalidArgument', `${MODE} and ${UNTIL} must both be given, and be right.`, 400);
    if (until <= this.now().getTime())
      throw new Refusal('InvalidArgument', 'The retain until date must be in the future!', 400);
  }
}

/** Milliseconds; 0 when it is not locked. */
function lockedUntil(headers: IncomingHttpHeaders, days: number | undefined): number {
  const own = headers[KEPT_AS[UNTIL]!];
  if (own !== undefined) return Date.parse(String(own));
  return days === undefined ? 0 : Date.parse(String(headers['last-modified'])) + days * DAY_MS;
}
