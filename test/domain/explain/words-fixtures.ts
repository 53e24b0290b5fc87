import { explainLine } from '../../../shared/domain/explain/words.ts';
import type { InvoiceLine } from '../../../shared/domain/invoice.ts';
import { everyCharge } from '../../support/every-charge.ts';

export const words = (line: InvoiceLine | undefined, currency: 'EUR' | 'USD' = 'EUR') => explainLine(line!, currency);
export const charge = (group: string) => everyCharge().lines.find((line) => line.group === group);
