import type { Account } from '../domain/account.ts';
import { dateIn, type PlainDate } from '../domain/calendar.ts';
import { type NumberOwner, ownersOn } from '../domain/number-owner.ts';
import { localDate } from '../domain/usage/local-date.ts';
import { isEmergency, isTollFree } from '../domain/usage/numbering.ts';
import type { UsageRecord } from '../domain/usage/records.ts';
import { type Fault, fault } from './raw-record.ts';
import type { SwitchRecord } from './switch-record.ts';

/** Who there is: loaded for many records at once. */
export interface Directory {
  ownersOf(number: string): readonly NumberOwner[];
  account(accountId: string): Account | undefined;
}

/** A record as one account sees it. */
export interface Side {
  readonly account: Account;
  readonly record: UsageRecord;
}

interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Extensions have no area code; 411 and its like are services of the network, dialled as short as they are. */
const EXTENSION = /^\d{1,6}$/;
const NETWORK_SERVICE = /^[2-8]11$/;

export const endsOf = (record: SwitchRecord): Ends =>
  record.kind === 'call' ? { from: record.caller, to: record.called } : { from: record.from, to: record.to };

/**
 * Whose a record is. The account that the switch names, if the seller has one of that id; otherwise the account that had
 * the number when the call was answered: the caller's, for a call it made, and the called one's, for a call it got. A call
 * between two accounts is a record of both. Numbers belong to accounts by the day in the seller's `timeZone`.
 */
export function sidesOf(
  record: SwitchRecord,
  seller: { readonly sellerId: string; readonly timeZone: string },
  directory: Directory,
): readonly Side[] | Fault {
  const { from, to } = endsOf(record);
  const date = dateOf(record, seller.timeZone);
  const callers = ownersOn(directory.ownersOf(from), seller.sellerId, date);
  const called = ownersOn(directory.ownersOf(to), seller.sellerId, date);
  const named = record.accountCode === undefined ? undefined : directory.account(record.accountCode);
  if (named !== undefined && named.sellerId === seller.sellerId) {
    const inbound = called.includes(named.accountId) && !callers.includes(named.accountId);
    return [sideOf(record, named, record.direction ?? (inbound ? 'inbound' : 'outbound'))];
  }
  const [caller, ...otherCallers] = record.direction === 'inbound' ? [] : callers;
  const [owner, ...otherOwners] = record.direction === 'outbound' ? [] : called;
  if (otherCallers.length > 0) return ambiguous(from, callers);
  if (otherOwners.length > 0) return ambiguous(to, called);
  // A call to oneself is made once; only where it is the called number that is paid for it counts as a call that came in.
  const toOneself = caller !== undefined && caller === owner;
  const sides = [
    ...(caller !== undefined && !(toOneself && isTollFree(to)) ? [[caller, 'outbound'] as const] : []),
    ...(owner !== undefined && !(toOneself && !isTollFree(to)) ? [[owner, 'inbound'] as const] : []),
  ].flatMap(([accountId, direction]) => {
    const account = directory.account(accountId);
    return account === undefined ? [] : [sideOf(record, account, direction)];
  });
  return sides.length > 0 ? sides : unknown(record, from, to, date);
}

function dateOf(record: SwitchRecord, timeZone: string): PlainDate {
  const at = record.kind === 'call' ? (record.answeredAt ?? record.startedAt) : record.at;
  const millis = Date.parse(at);
  return Number.isNaN(millis) ? dateIn(at, timeZone) : localDate(millis, timeZone).date;
}

function sideOf(record: SwitchRecord, account: Account, direction: 'inbound' | 'outbound'): Side {
  const { accountCode: _code, direction: _said, ...rest } = record;
  if (rest.kind === 'message') return { account, record: { ...rest, direction } };
  const internal = direction === 'outbound' && isExtension(rest.called, account);
  return { account, record: { ...rest, direction: internal ? 'internal' : direction } };
}

const isExtension = (called: string, { billingAddress }: Account): boolean =>
  EXTENSION.test(called) && !NETWORK_SERVICE.test(called) && !isEmergency(called, billingAddress?.country ?? '');

const ambiguous = (number: string, owners: readonly string[]): Fault =>
  fault('ambiguous_owner', '', `${number} belonged to ${owners.join(' and ')} at that time`);

function unknown({ accountCode }: SwitchRecord, from: string, to: string, date: PlainDate): Fault {
  const code = accountCode === undefined ? '' : ` and "${accountCode}" is no account`;
  return fault(
    'unknown_number',
    '',
    `on ${date} neither ${from} nor ${to} belonged to an account of the seller${code}`,
  );
}
