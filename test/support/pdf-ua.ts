import { expect } from 'vitest';
import { everyNode, type Node, operatorsOf, type PdfObjects, pageContents } from './pdf-objects.ts';

/** Operators after which there is something to see. */
const PAINTING = ['TJ', 'Tj', 'S', 'f'];

/** What ISO 14289-1 (PDF/UA-1) asks of a file, by its clauses. */
export const PDF_UA_RULES: Readonly<Record<string, (pdf: PdfObjects, nodes: readonly Node[]) => void>> = {
  '5: the metadata say that it is PDF/UA-1': ({ source }) => {
    expect(source).toContain('<pdfuaid:part>1</pdfuaid:part>');
  },
  '7.1: all that is drawn is content or decoration, and never one within the other': (pdf) => {
    for (const content of pageContents(pdf)) {
      const open: string[] = [];
      for (const operator of operatorsOf(content)) {
        const marked = open.includes('mark');
        if (operator === 'BDC' || operator === 'BMC') {
          expect(marked).toBe(false);
          open.push('mark');
        } else if (operator === 'EMC') expect(open.pop()).toBe('mark');
        else if (operator === 'BT') open.push('text');
        else if (operator === 'ET') expect(open.pop()).toBe('text');
        else if (PAINTING.includes(operator)) expect(marked, operator).toBe(true);
      }
      expect(open).toEqual([]);
    }
  },
  '7.1: every piece of content is in the structure, once': (pdf, nodes) => {
    const inTree = nodes.flatMap(({ contents }) => contents);
    expect(new Set(inTree).size).toBe(inTree.length);
    const drawn = pageContents(pdf).reduce((sum, content) => sum + (content.match(/\/MCID/g)?.length ?? 0), 0);
    expect(inTree).toHaveLength(drawn);
  },
  '7.1: the title is shown': (pdf) => {
    expect(pdf.all(/\/Type \/Catalog/)[0]).toContain('/DisplayDocTitle true');
    expect(pdf.source).toMatch(
      /<dc:title>.*(?:[Ii]nvoice|Rechnung|Facture|Quote|ndigungsbest|Zahlungsbeleg|Kontoauszug)/,
    );
  },
  '7.2: the language is known': (pdf) => {
    expect(pdf.all(/\/Type \/Catalog/)[0]).toMatch(/\/Lang \([a-z]{2}-[A-Z]{2}\)/);
  },
  '7.3: every picture has words': (_pdf, nodes) => {
    for (const { body } of nodes.filter(({ tag }) => tag === 'Figure'))
      expect(body).toMatch(/\/Alt (?:<FEFF[0-9A-F]{40,}>|\((?:[^\\()]|\\.){10,}\))/);
  },
  '7.4.2: headings begin with the first level and skip none': (_pdf, nodes) => {
    const levels = nodes.flatMap(({ tag }) => /^H(\d)$/.exec(tag)?.[1] ?? []).map(Number);
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
  },
  '7.5: tables have header cells that say what they are the head of': (_pdf, nodes) => {
    for (const table of nodes.filter(({ tag }) => tag === 'Table')) {
      const heads = everyNode(table).filter(({ tag }) => tag === 'TH');
      expect(heads.length).toBeGreaterThan(0);
      for (const { body } of heads) expect(body).toMatch(/\/Scope \/(Row|Column)/);
    }
  },
  '7.5: the rows of a table are equally wide': (_pdf, nodes) => {
    const widthOf = ({ kids }: Node) =>
      kids.reduce((sum, { body }) => sum + Number(/\/ColSpan (\d+)/.exec(body)?.[1] ?? 1), 0);
    for (const table of nodes.filter(({ tag }) => tag === 'Table')) {
      expect(table.kids.every(({ tag }) => tag === 'TR')).toBe(true);
      expect(new Set(table.kids.map(widthOf)).size).toBe(1);
    }
  },
  '7.6: lists have items of a label and a body, so that no reader joins them to one word': (_pdf, nodes) => {
    for (const item of nodes.filter(({ tag }) => tag === 'LI'))
      expect(item.kids.map(({ tag }) => tag)).toEqual(['Lbl', 'LBody']);
  },
  '7.18.1, 7.18.5: links are links in the structure, and say where they lead': (pdf, nodes) => {
    const links = nodes.filter(({ tag }) => tag === 'Link');
    const annotations = pdf.all(/\/Subtype \/Link/);
    expect(links).toHaveLength(annotations.length);
    for (const { body } of links) expect(body).toContain('/Type /OBJR');
    for (const annotation of annotations)
      expect(annotation).toMatch(/\/StructParent \d+ \/Contents (?:<FEFF[0-9A-F]|\([^)])/);
  },
  '7.18.3: what can be reached by the keyboard follows the structure': (pdf) => {
    expect(pdf.all(/<< \/Type \/Page /).every((page) => page.includes('/Tabs /S'))).toBe(true);
  },
};
