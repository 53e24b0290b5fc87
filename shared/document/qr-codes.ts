import encodeQR from 'qr';
import { EUROPEAN_UNION } from '../domain/tax/national.ts';
import type { Grid } from './pdf/squares.ts';

/** ISO/IEC 18004 asks for four squares; two are enough beside white paper. */
const BORDER = 2;

/** Encoding takes longer than drawing a page, and a seller's portal is the same on all its invoices. */
const known = new Map<string, Grid>();

/** The same grid for the same address, with the white border that readers need. */
export function linkCode(url: string): Grid {
  const code = known.get(url) ?? encodeQR(url, 'raw', { ecc: 'medium', border: BORDER, encoding: 'byte' });
  known.set(url, code);
  return code;
}

export interface Transfer {
  readonly payee: string;
  readonly iban: string;
  readonly bic?: string | undefined;
  /** Where whoever pays is (ISO 3166-1). */
  readonly payerCountry: string;
  /** Cents. */
  readonly amount: number;
  readonly reference: string;
}

/** The most that a SEPA transfer and the guidelines allow, in cents. */
const MOST = 99_999_999_999;
const LONGEST_NAME = 70;

/** The European Economic Area: within it a transfer needs no BIC. */
const ECONOMIC_AREA = new Set([...Object.keys(EUROPEAN_UNION), 'IS', 'LI', 'NO']);

/**
 * What a banking app scans to fill in a SEPA credit transfer in euro: EPC069-12, version 2, in UTF-8, with the reference as
 * the remitter's words; with a BIC only where it is needed, since the smaller a code is, the easier it is to scan. Undefined where the amount is none that can be transferred.
 */
export function transferText(transfer: Transfer): string | undefined {
  const { payee, bic = '', payerCountry, amount, reference } = transfer;
  if (amount < 1 || amount > MOST) return undefined;
  const euros = `EUR${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
  const name = Array.from(payee).slice(0, LONGEST_NAME).join('');
  const iban = transfer.iban.replace(/\s/g, '');
  const within = ECONOMIC_AREA.has(payerCountry) && ECONOMIC_AREA.has(iban.slice(0, 2));
  return ['BCD', '002', '1', 'SCT', within ? '' : bic, name, iban, euros, '', '', reference].join('\n');
}

/** Of the eight patterns that keep a code readable any will do, and choosing takes longer than drawing the invoice. */
const MASK = 2;

/** EPC069-12 allows no code of more than version 13: so many squares to a side. */
const MOST_SQUARES = 17 + 4 * 13;

/** Undefined too where names in other scripts than Latin make the code larger than EPC069-12 allows, at its level M. */
export function transferCode(transfer: Transfer): Grid | undefined {
  const text = transferText(transfer);
  if (text === undefined) return undefined;
  const code = encodeQR(text, 'raw', { ecc: 'medium', border: BORDER, encoding: 'byte', mask: MASK });
  return code.length > MOST_SQUARES + 2 * BORDER ? undefined : code;
}
