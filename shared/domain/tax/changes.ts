import type { Account, CustomerTaxId } from '../account.ts';
import { ChangeRefused, raised } from '../account-changes.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import { type ExemptionStatus, mayFollow, type TaxExemption } from './exemption.ts';
import { compactTaxId, type TaxIdEvidence, withEvidence } from './tax-id.ts';

/** The tax ID of the account with this value, whatever its spaces, if an authority can be asked about it. */
export function taxIdToValidate({ taxIds }: Account, value: string): CustomerTaxId {
  const found = taxIds.find((id) => compactTaxId(id.value) === compactTaxId(value));
  if (found === undefined) throw new ChangeRefused('tax_id_not_found', 'value', value);
  if (found.kind !== 'eu-vat') throw new ChangeRefused('tax_id_without_authority', 'value', found.kind);
  return found;
}

/** Puts an authority's answer beside the tax ID that it is about. */
export const recordEvidence = (account: Account, about: CustomerTaxId, answer: TaxIdEvidence): Account =>
  raised(account, {
    taxIds: account.taxIds.map((id) => (id === about ? { ...id, evidence: withEvidence(id.evidence, answer) } : id)),
  });

const MOST_EXEMPTIONS = 20;

/** Asks for an exemption: it is pending until somebody has looked at it (C28). Throws `exemption_exists`, `exemption_limit`. */
export function requestExemption(
  account: Account,
  {
    exemptionId,
    jurisdiction,
    number,
    validFrom,
    validTo,
    taxCodes,
  }: Omit<TaxExemption, 'status' | 'requestedAt' | 'requestedBy'>,
  requested: { readonly at: Instant; readonly by: string },
): Account {
  const { exemptions = [] } = account;
  if (exemptions.some((each) => each.exemptionId === exemptionId))
    throw new ChangeRefused('exemption_exists', 'exemptionId', exemptionId);
  if (exemptions.length === MOST_EXEMPTIONS) throw new ChangeRefused('exemption_limit', 'exemptionId');
  const exemption: TaxExemption = {
    exemptionId,
    jurisdiction,
    number,
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    ...(taxCodes === undefined ? {} : { taxCodes }),
    status: 'pending',
    requestedAt: requested.at,
    requestedBy: requested.by,
  };
  return raised(account, { exemptions: [...exemptions, exemption] });
}

/**
 * Takes a certificate into review, approves or rejects it (R136). `on` is the day in the seller's time zone: approved, it
 * applies to invoices dated from then on. Throws `exemption_not_found`, `exemption_decided`.
 */
export function decideExemption(
  account: Account,
  exemptionId: string,
  decision: { readonly status: ExemptionStatus; readonly reason?: string; readonly by: string; readonly on: PlainDate },
): Account {
  const { exemptions = [] } = account;
  const found = exemptions.find((each) => each.exemptionId === exemptionId);
  if (found === undefined) throw new ChangeRefused('exemption_not_found', 'exemptionId', exemptionId);
  const { status, reason, by, on } = decision;
  if (!mayFollow(found.status, status))
    throw new ChangeRefused('exemption_decided', 'status', `${found.status}, not ${status}`);
  const decided: TaxExemption = {
    ...found,
    status,
    ...(status === 'in-review' ? {} : { decidedOn: on, decidedBy: by }),
    ...(reason === undefined ? {} : { reason }),
  };
  return raised(account, { exemptions: exemptions.map((each) => (each === found ? decided : each)) });
}
