import { z } from 'zod';
import { addressFault, addressKey } from '../domain/mail-address.ts';
import type { EnteredRecipient } from '../domain/mail-feedback.ts';

/** An address that SES can mail to, also one whose domain is not ASCII. */
export const emailSchema = z.string().superRefine((address, context) => {
  const fault = addressFault(address);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});
const recipientFields = z.strictObject({ email: emailSchema, main: z.boolean() });

/** One main contact and at most four others, each once, however its address is written (R52–R54, R154). */
const listOf = <T extends z.ZodType<EnteredRecipient>>(recipient: T) =>
  z
    .array(recipient)
    .min(1, 'needs at least the main contact')
    .max(5, 'at most five recipients')
    .superRefine((recipients, context) => {
      const mains = recipients.filter(({ main }) => main).length;
      if (mains !== 1)
        context.addIssue({ code: 'custom', message: `exactly one recipient must be main, not ${mains}` });
      const seen = new Set<string>();
      for (const [index, { email }] of recipients.entries()) {
        const key = addressKey(email);
        if (seen.has(key)) context.addIssue({ code: 'custom', path: [index, 'email'], message: 'is listed twice' });
        seen.add(key);
      }
    });
export const recipientsSchema = listOf(recipientFields);
/** As they are replaced: an address that is marked as undeliverable stays so, unless it is confirmed. */
export const replacedRecipientsSchema = listOf(
  recipientFields.extend({
    confirm: z
      .boolean()
      .optional()
      .describe('Mails arrive there: mail to it again, although it bounced or complained.'),
  }),
);
