import { type Change, named } from './diff.ts';
import type { Actor, AuditEntry } from './entry.ts';
import { rulesOf } from './kinds.ts';

/** Roles of people who belong to the customer. Everybody else works for the telecom. */
const OWN_ROLES: readonly string[] = ['billing-admin'];

/**
 * An entry as the customer is given it (R45): all that happened, by whom of its own people and from where; of the
 * telecom's people only the role, of the telecom's and the processor's internals nothing.
 */
export function forCustomer<E extends AuditEntry>({ by, changes, id: _id, ...entry }: E) {
  const { staffOnly } = rulesOf(entry.what);
  return {
    ...entry,
    by: shown(by),
    changes: changes.filter(({ field }) => !named(staffOnly, field)).map(withoutNames),
  };
}

function shown(by: Actor): Actor {
  const { roles } = by;
  if (roles === undefined) return { by: 'billing-system' };
  return roles.some((role) => OWN_ROLES.includes(role)) ? by : { by: 'telecom', roles };
}

/** Fields that name a person of the telecom. */
const NAMES = /(^|\.)(by|decidedBy|requestedBy|openedBy)$/;

function withoutNames(change: Change): Change {
  return NAMES.test(change.field) ? { field: change.field, withheld: true } : change;
}
