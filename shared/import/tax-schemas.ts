import { z } from 'zod';
import { TAX_CODES } from '../domain/catalog.ts';
import { dateSchema, idSchema, sentenceSchema } from './field-schemas.ts';
import { taxIdFault } from './tax-id-format.ts';

export const taxIdFields = z.strictObject({
  kind: z.enum(['eu-vat', 'gb-vat', 'abn', 'other']),
  label: sentenceSchema(40),
  value: sentenceSchema(40),
  validatedOn: dateSchema.optional(),
});
/** With its form and check digits right; whether the authority knows it is another question. */
const taxIdSchema = taxIdFields.superRefine((id, context) => {
  const fault = taxIdFault(id);
  if (fault !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: fault });
});
export const taxIdsSchema = z.array(taxIdSchema).max(5);

/** A tax exemption certificate as somebody asks for it (R136, R137). */
export const exemptionFields = z.strictObject({
  exemptionId: idSchema,
  jurisdiction: z
    .string()
    .regex(
      /^(US-[A-Z]{2}|CA(-[A-Z]{2})?)$/,
      'must be a state or province, such as US-NY or CA-BC, or CA for GST and HST',
    ),
  number: sentenceSchema(60),
  validFrom: dateSchema,
  validTo: dateSchema.optional(),
  /** Absent: everything. */
  taxCodes: z.array(z.enum(TAX_CODES)).min(1).optional(),
});
const inOrder = ({ validFrom, validTo }: { validFrom: string; validTo?: string | undefined }) =>
  validTo === undefined || validFrom <= validTo;
const order = { path: ['validTo'], message: 'must not be before validFrom' };
export const exemptionSchema = exemptionFields.refine(inOrder, order);
/** One that another system had approved brings the day of it; the others wait to be looked at. */
export const importedExemptionSchema = exemptionFields
  .extend({ approvedOn: dateSchema.optional() })
  .refine(inOrder, order);
