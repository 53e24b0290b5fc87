import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import { invoicePath } from './invoice-path.ts';
import { amount } from './print.ts';

const invoiceSchema = z.object({ lines: z.array(z.object({ line: z.number() })), taxes: z.array(z.unknown()) });
const explainedSchema = z.object({
  description: z.string(),
  currency: z.string(),
  amount: z.number(),
  words: z.array(z.string()),
});

/** Prints how the amounts of an invoice came about: of one line, or of all of them and the taxes. */
export async function explain(api: ApiClient, number: string, line?: number): Promise<void> {
  const path = await invoicePath(api, number);
  const print = async (heading: string, part: string) => {
    const explained = await api.get('finance', `${path}/${part}/explanation`, explainedSchema);
    console.log(`${heading}  ${explained.description}  ${amount(explained.amount, explained.currency)}`);
    for (const sentence of explained.words) console.log(`    ${sentence}`);
  };
  if (line !== undefined) return await print(`Line ${line}`, `lines/${line}`);
  const { lines, taxes } = await api.get('finance', path, invoiceSchema);
  for (const { line: of } of lines) await print(`Line ${of}`, `lines/${of}`);
  for (const [index] of taxes.entries()) await print(`Tax ${index + 1}`, `taxes/${index + 1}`);
}
