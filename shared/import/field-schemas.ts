import { z } from 'zod';
import { isCountry } from '../domain/countries.ts';
import { shownByDocuments } from './shown-by-documents.ts';

/** Fields that files and the HTTP API have in common, each with what is wrong with it in words. */

/** Ids travel in keys, queue messages and URLs. */
export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'letters, digits, dot, hyphen and underscore only');

export const dateSchema = z.iso.date('must be a calendar date in the form YYYY-MM-DD');
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month in the form YYYY-MM');

/** Text that a person enters and people read, but that goes onto no document. Trimmed; without control characters. */
export const remarkSchema = (max = 200) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters');

/** Text of the telecom's own configuration that goes onto documents, perhaps in several lines. */
export const printedText = z.string().trim().min(1, 'must not be empty').superRefine(shownByDocuments);

/**
 * Text for documents. Control characters are refused: they would break lines in documents and headers in mails. So is what
 * no document can show: whoever enters it can write it otherwise, which is too late when an invoice is to be made.
 */
export const sentenceSchema = (max = 200) => remarkSchema(max).superRefine(shownByDocuments);

export const addressSchema = z.strictObject({
  line1: sentenceSchema(120),
  line2: sentenceSchema(120).optional(),
  city: sentenceSchema(80),
  /** Province or state code where the country has them. Left out, a Canadian account loads and is held. */
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,3}$/, 'must be a province or state code, such as ON')
    .optional(),
  postalCode: sentenceSchema(16),
  country: z.string().refine(isCountry, 'must be a country code by ISO 3166-1, such as CA or GB'),
});
