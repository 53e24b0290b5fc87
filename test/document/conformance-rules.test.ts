import { describe, expect, it } from 'vitest';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { textString } from '../../shared/document/pdf/pdf-file.ts';
import { invoiceWithHistory, lastMonthOf, sampleInvoice } from '../support/invoices.ts';
import { PDF_A_RULES } from '../support/pdf-a.ts';
import { ACCESSIBLE_MUTATIONS } from '../support/pdf-rules/accessible-mutations.ts';
import { ARCHIVAL_MUTATIONS } from '../support/pdf-rules/archival-mutations.ts';
import { brokenRules } from '../support/pdf-rules/broken.ts';
import { openPdf } from '../support/pdf-rules/file.ts';
import { Reader, textOf } from '../support/pdf-rules/syntax.ts';
import { PDF_UA_RULES } from '../support/pdf-ua.ts';

const MUTATIONS = [...ARCHIVAL_MUTATIONS, ...ACCESSIBLE_MUTATIONS];
const RULES = { ...PDF_A_RULES, ...PDF_UA_RULES };
const german = sampleInvoice('germany', { account: { autopay: false, terms: 'wire' } });
const GOOD = await renderInvoice(invoiceWithHistory(german), lastMonthOf(german));

it('a good document breaks no rule', () => {
  expect(brokenRules(RULES, openPdf(GOOD))).toEqual([]);
});

/** Faults of how a file is written, for which it is not read at all: what is replaced by what, and the clause that forbids it. */
const MISWRITTEN: readonly (readonly [clause: string, fault: string, from: RegExp | string, to: string])[] = [
  ['7.5.5', 'something behind the end', /%%EOF\n$/, '%%EOF\n\n'],
  ['7.5.8', 'cross-references that are elsewhere', /startxref\n\d/, 'startxref\n9'],
  ['6.1.9', 'a space before an object', 'endobj\n', 'endobj\n '],
  ['6.1.9', 'an object on the line of its number', ' 0 obj\n<<', ' 0 obj <<'],
  ['6.1.7.1', 'a stream that is longer', /\/Length \d/, '/Length 9'],
  ['6.1.7.1', 'a stream that begins with two line ends', /\nstream\n/, '\nstream\r\n'],
  ['7.5.8.2', 'more entries than there are', /\/XRef \/Size (\d+)/, '/XRef /Size 1$1'],
  ['7.3.4.3', 'half a byte', /\/ID \[<\w/, '/ID [<'],
  ['7.3.7', 'an entry twice', /(\/W \[.*?\])/, '$1 $1'],
  ['7.3.5', 'a name that is escaped wrongly', 'text#2Fxml', 'text#2xml'],
];

describe('a fault is found by the rule that it breaks', () => {
  it.each(MUTATIONS)('%s: %s', (rule, _fault, mutate) => {
    const pdf = openPdf(GOOD);
    mutate(pdf);
    const [meant, ...others] = Object.entries(RULES).filter(([name]) => name.startsWith(rule));
    expect(others).toEqual([]);
    expect(brokenRules(Object.fromEntries([meant!]), pdf)).toHaveLength(1);
  });

  it('and every rule finds one', () => {
    const found = (rule: string) => MUTATIONS.some(([broken]) => rule.startsWith(broken));
    // The header is written before there are objects: see below.
    expect(Object.keys(RULES).filter((rule) => !found(rule))).toEqual([
      '6.1.2: the header is followed by a comment of bytes above 127',
    ]);
  });
});

describe('a file that is not written as the standards say is not even read', () => {
  const source = Buffer.from(GOOD).toString('latin1');
  it.each(MISWRITTEN)('%s: %s', (clause, _fault, from, to) => {
    const written = source.replace(from, to);
    expect(written).not.toBe(source);
    expect(() => openPdf(Buffer.from(written, 'latin1'))).toThrow(clause);
  });

  it('6.1.2: without bytes above 127 behind its header it may be taken for text', () => {
    const text = openPdf(Buffer.from(source.replace(/\n%.{4}\n/, '\n%text\n'), 'latin1'));
    expect(brokenRules(RULES, text)[0]).toMatch(/^6\.1\.2/);
  });
});

it.each([
  'Übergröße (1) \\ 2',
  'þÿ Ísland',
  'ÿþ',
  'ï»¿',
  'Łódź €',
  '−1 € – „Šž“ …',
  '\u00a01',
  'soft\u00adhyphen',
  '\u{1d11e}',
  '',
])('writes %j as a text that is read as just that', (text) => {
  expect(textOf(new Reader(textString(text)).value())).toBe(text);
});
