import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Where numbers are divided on purpose, by file and to the letter: what is counted there is never money. */
const DIVISIONS: Readonly<Record<string, readonly string[]>> = {
  // Minutes between two attempts.
  'collection-outcome.ts': ['(Date.parse(now) - Date.parse(attempt.startedAt)) / 60_000'],
  // Whole minutes of seconds.
  'explain/figures.ts': ['(Math.abs(seconds) - rest) / 60'],
  'usage/usage-lines.ts': ['quantity / 60'],
  // The quarter of a month.
  'fees/usf-factors.ts': ['Number(date.slice(5, 7)) / 3'],
  // Begun steps of seconds.
  'usage/increments.ts': ['Math.max(0, seconds - initial) / subsequent'],
  // Quarters of an hour of milliseconds, and minutes of what is over.
  'usage/local-date.ts': ['(((millis % QUARTER) + QUARTER) % QUARTER) / MINUTE', 'millis / QUARTER'],
};
/** Days and months of the calendar, which is nothing but divisions and knows of no amount. */
const CALENDAR = 'calendar.ts';
const FORBIDDEN = [
  'parseFloat',
  'toFixed',
  'toPrecision',
  'toExponential',
  'EPSILON',
  'random',
  'sqrt',
  'pow',
  'round',
];

const folder = new URL('../../shared/domain/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const program = ts.createProgram(
  files.map((name) => new URL(name, folder).pathname),
  {
    target: ts.ScriptTarget.ESNext,
    lib: ['lib.es2024.d.ts'],
    types: [],
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
  },
);

describe('no float anywhere in money: the domain computes with integers', () => {
  it.each(files)('%s', (name) => {
    const allowed = name === CALENDAR ? 'all' : (DIVISIONS[name] ?? []);
    expect(floatsIn(program.getSourceFile(new URL(name, folder).pathname)!, allowed)).toEqual([]);
  });

  it.each([
    ['const a = 0.1;', 'decimal 0.1'],
    ['const a = 1e-3;', 'decimal 1e-3'],
    ['const a = 1; const b = a / 3;', 'division a / 3'],
    ['let a = 1; a /= 3;', 'division a /= 3'],
    ['const a = 1; a.toFixed(2);', 'call of toFixed'],
    ['Math.round(1);', 'call of round'],
    ["const amount = 1; amount['toFixed'](2);", 'call of toFixed'],
    ["Number.parseFloat('1');", 'call of parseFloat'],
    ['const a = 2 ** -1;', 'power 2 ** -1'],
  ])('finds what it looks for: %s', (text, found) => {
    const host = ts.createCompilerHost({});
    const source = ts.createSourceFile('/example.ts', text, ts.ScriptTarget.ESNext, true);
    const checked = ts.createProgram(['/example.ts'], { noLib: true }, { ...host, getSourceFile: () => source });
    expect(floatsIn(source, ['cents / 100'], checked)).toEqual([`1: ${found}`]);
  });

  it('names no division that is not there any more', () => {
    for (const [name, divisions] of Object.entries(DIVISIONS)) {
      const { text } = program.getSourceFile(new URL(name, folder).pathname)!;
      expect(divisions.filter((division) => !text.includes(division))).toEqual([]);
    }
  });

  it('and lets whole numbers and big integers be', () => {
    expect(files.length).toBeGreaterThan(20);
    const money = program.getSourceFile(new URL('money.ts', folder).pathname)!;
    expect(money.text).toContain(' / (2n * denominator)');
  });
});

/** Decimal literals, functions that make floats, and divisions or powers whose result is not a big integer. */
function floatsIn(source: ts.SourceFile, allowed: 'all' | readonly string[], of = program): string[] {
  const checker = of.getTypeChecker();
  const isBig = (node: ts.Node) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.BigIntLike) !== 0;
  const found: string[] = [];
  const add = (node: ts.Node, what: string) =>
    found.push(`${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
  const visit = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node) && /[.e]/i.test(node.getText()) && !/^0x/i.test(node.getText()))
      add(node, `decimal ${node.getText()}`);
    if ((ts.isIdentifier(node) || ts.isStringLiteral(node)) && FORBIDDEN.includes(node.text))
      add(node, `call of ${node.text}`);
    if (ts.isBinaryExpression(node) && !isBig(node.left)) {
      const { kind } = node.operatorToken;
      const division = kind === ts.SyntaxKind.SlashToken || kind === ts.SyntaxKind.SlashEqualsToken;
      const known = allowed === 'all' || allowed.includes(node.getText());
      if (division && !known) add(node, `division ${node.getText()}`);
      if (kind === ts.SyntaxKind.AsteriskAsteriskToken) add(node, `power ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
