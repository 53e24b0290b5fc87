/**
 * What of the table is of interest to the audit log (R45, R152). Whatever is kept of an account is logged unless it stands
 * under `NOT_LOGGED` with a reason: a new kind of item cannot be forgotten.
 */

/** How the differences of an item become changes. A path, such as `billingAddress.city`, names everything below it, too. */
export interface KindRules {
  /** What people call it. */
  readonly what: AuditedThing;
  /** Only these are looked at, each as one value; absent: every leaf but `ignored`. */
  readonly only?: readonly string[];
  /** Follows from something else that is logged, or means nothing to people. */
  readonly ignored?: readonly string[];
  /** That it changed is logged, but neither value. */
  readonly withheld?: readonly string[];
  /** Values that the customer is not shown: internals of the processor and of the telecom. */
  readonly staffOnly?: readonly string[];
  /** Logged when it is set; that it is gone again says nothing new. */
  readonly onlySet?: readonly string[];
  /** Subjects that begin so are added together with something that is logged; afterwards they never change. */
  readonly addedWith?: string;
  /** Where only a part of the stream is needed: which events, and an attribute that the new image must have. */
  readonly stream?: { readonly events?: readonly StreamEventName[]; readonly with?: string };
}

export type StreamEventName = 'INSERT' | 'MODIFY' | 'REMOVE';

export type AuditedThing =
  | 'access'
  | 'account'
  | 'subscription'
  | 'payment-method'
  | 'phone-number'
  | 'purchase'
  | 'quote'
  | 'invoice'
  | 'invoice-document'
  | 'delivery'
  | 'payment-attempt'
  | 'book-entry'
  | 'credit-note'
  | 'cancellation'
  | 'dispute'
  | 'processor-erasure'
  | 'redrive';

const PARTITION = 'ACCOUNT#';
const REDRIVES = 'DEADLETTERS#';
/** Sort key of the account itself: all others are prefixes. */
const ACCOUNT = 'PROFILE';

/** By the beginning of the sort key, in the partition of an account. */
export const LOGGED: Readonly<Record<string, KindRules>> = {
  [ACCOUNT]: {
    what: 'account',
    ignored: ['nextBillingDate', 'billedThrough', 'usageCovered', 'balance', 'credit', 'version'],
  },
  'PROFILE#SUBSCRIPTION#': { what: 'subscription' },
  'PROFILE#METHOD#': {
    what: 'payment-method',
    ignored: ['declines'],
    withheld: ['processorCustomer', 'processorMethod', 'mandate'],
  },
  'NUMBER#': { what: 'phone-number' },
  'ORDER#': { what: 'purchase' },
  'QUOTE#': {
    what: 'quote',
    only: [
      ...['number', 'status', 'validUntil', 'billingStartDate', 'contract.months', 'currency', 'contractTotal'],
      ...['decision.by', 'decision.reason', 'decision.adminContact'],
    ],
  },
  'RECEIVABLE#': {
    what: 'invoice',
    only: [
      ...['number', 'kind', 'invoiceDate', 'dueDate', 'currency', 'total', 'due', 'status'],
      ...['disputed', 'writtenOff', 'grace.amount', 'grace.until', 'collection.requested.by'],
      ...['collection.requested.amount', 'collection.requested.methodId', 'collection.requested.requestId'],
    ],
    onlySet: ['collection.requested'],
  },
  // Issued it never changes, and that it was issued its receivable says.
  'INVOICE#': { what: 'invoice-document', stream: { events: ['MODIFY', 'REMOVE'] } },
  'DELIVERY#': {
    what: 'delivery',
    only: [
      ...['document', 'occurrence', 'recipients', 'completedAt', 'unreachedSince'],
      ...['reachedOtherwise.how', 'reachedOtherwise.by', 'reissues', 'again'],
    ],
    staffOnly: ['reissues'],
    stream: { events: ['INSERT', 'MODIFY'], with: 'completedAt' },
  },
  'ATTEMPT#': {
    what: 'payment-attempt',
    only: [
      ...['invoiceId', 'amount', 'currency', 'methodId', 'method.kind', 'method.brand', 'method.last4'],
      ...[
        'requestId',
        'offSession',
        'outcome.kind',
        'outcome.amount',
        'outcome.hard',
        'outcome.code',
        'outcome.reason',
      ],
      ...['outcome.chargeId', 'returned.amount', 'returned.at', 'returned.code'],
    ],
    staffOnly: ['outcome.code', 'outcome.chargeId', 'outcome.reason', 'returned.code'],
  },
  'LEDGER#': {
    what: 'book-entry',
    only: ['entryId', 'date', 'currency', 'postings', 'reference', 'reason', 'reverses'],
    staffOnly: ['postings', 'reason', 'reference'],
    addedWith: 'invoice#',
  },
  'CREDITNOTE#': {
    what: 'credit-note',
    only: ['number', 'invoiceNumber', 'reason', 'explanation', 'currency', 'total', 'disputeId', 'date'],
  },
  'CANCELLATION#': {
    what: 'cancellation',
    only: ['subscriptionId', 'requestedOn', 'by', 'endsOn', 'purgeOn', 'withdrawn.on', 'withdrawn.by'],
  },
  'ERASURE#': { what: 'processor-erasure', withheld: ['customer'] },
  'DISPUTE#': { what: 'dispute', ignored: ['version', 'fingerprint'] },
  'ACCESS#': { what: 'access', only: ['request', 'status'], stream: { events: ['INSERT'] } },
};

/** Kept of an account and not logged, and why. */
export const NOT_LOGGED: Readonly<Record<string, string>> = {
  'PROFILE#USAGE': 'counts batches of usage; the invoice says what was used',
  'REQUEST#': 'names a request of a caller; what the request changed is logged',
  'CREDIT#': 'is the fold of book entries, which are logged',
  'UNBILLED#': 'stands until the invoice of an order is under way; the order is logged',
  TURN: 'stands while one of several invoices is charged; the attempt is logged',
  SENTAGAIN: 'counts what was sent again within a day; each sending is logged with its document',
  'SERVICE#': 'stands until provisioning knows; the account’s services are logged',
  'TRACE#': 'says who removed an item; the removal is logged with it',
};

/** Redriven work of an account. */
const REDRIVE: KindRules = {
  what: 'redrive',
  only: ['queue', 'jobKey', 'status', 'code', 'failures'],
  staffOnly: ['code', 'jobKey', 'queue'],
};

export interface ItemPlace {
  readonly pk: string;
  readonly sk: string;
}

/** The kind of an item: where its sort key's own part begins, and its rules. Undefined: not for the audit log. */
export function kindOf({ pk, sk }: ItemPlace): { readonly prefix: string; readonly rules: KindRules } | undefined {
  if (pk.startsWith(REDRIVES)) return { prefix: '', rules: REDRIVE };
  if (!pk.startsWith(PARTITION)) return undefined;
  if (sk === ACCOUNT) return { prefix: ACCOUNT, rules: LOGGED[ACCOUNT]! };
  const prefix = Object.keys(LOGGED).find((each) => each !== ACCOUNT && sk.startsWith(each));
  return prefix === undefined ? undefined : { prefix, rules: LOGGED[prefix]! };
}

/** The rules of whatever is called so. */
export const rulesOf = (what: AuditedThing): KindRules =>
  Object.values(LOGGED).find((rules) => rules.what === what) ?? REDRIVE;

/** The account in whose partition an item lies. */
export const accountIn = (pk: string): string | undefined =>
  pk.startsWith(PARTITION) ? pk.slice(PARTITION.length) : undefined;

/** Which sort keys of accounts the stream must hand on, one pattern each (see `streamFilters`). */
interface SortKeyPattern {
  readonly exactly?: string;
  readonly prefix?: string;
}

/** A part of the table's stream that is for the audit log. Together the filters let through what `kindOf` knows. */
export interface StreamFilter {
  readonly partition: string;
  readonly sortKeys?: readonly SortKeyPattern[];
  readonly events?: readonly StreamEventName[];
  /** Attributes of the new image: that must be there, or have this text. */
  readonly image?: Readonly<Record<string, string | { readonly present: true }>>;
}

/** What is needed of the table's stream: a change of the bulk of a run that no entry comes of is not even delivered. */
export function streamFilters(): readonly StreamFilter[] {
  const whole = Object.entries(LOGGED).filter(([, { stream }]) => stream === undefined);
  const parts = Object.entries(LOGGED).filter(([, { stream }]) => stream !== undefined);
  return [
    {
      partition: PARTITION,
      sortKeys: whole.map(([prefix]) => (prefix === ACCOUNT ? { exactly: prefix } : { prefix })),
    },
    ...parts.map(([prefix, { stream }]) => ({
      partition: PARTITION,
      sortKeys: [{ prefix }],
      ...(stream?.events && { events: stream.events }),
      ...(stream?.with && { image: { [stream.with]: { present: true } as const } }),
    })),
    { partition: REDRIVES, image: { status: 'redriven', accountId: { present: true } } },
  ];
}
