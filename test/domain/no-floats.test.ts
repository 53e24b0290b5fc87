import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Where numbers are divided on purpose, and why that is not money. */
const DIVIDES: Readonly<Record<string, string>> = {
  'calendar.ts': 'whole days and months',
  'collection-outcome.ts': 'minutes between two attempts',
  'explain/figures.ts': 'whole minutes of seconds',
  'fees/usf-factors.ts': 'the quarter of a month',
  'usage/increments.ts': 'begun steps of seconds',
  'usage/local-date.ts': 'quarters of an hour of milliseconds',
  'usage/usage-lines.ts': 'whole minutes of seconds',
};
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
    expect(floatsIn(program.getSourceFile(new URL(name, folder).pathname)!, DIVIDES[name] !== undefined)).toEqual([]);
  });

  it.each([
    ['const a = 0.1;', 'decimal 0.1'],
    ['const a = 1e-3;', 'decimal 1e-3'],
    ['const a = 1; const b = a / 3;', 'division a / 3'],
    ['let a = 1; a /= 3;', 'division a /= 3'],
    ['const a = 1; a.toFixed(2);', 'call of toFixed'],
    ["Number.parseFloat('1');", 'call of parseFloat'],
    ['const a = 2 ** -1;', 'power 2 ** -1'],
  ])('finds what it looks for: %s', (text, found) => {
    const host = ts.createCompilerHost({});
    const source = ts.createSourceFile('/example.ts', text, ts.ScriptTarget.ESNext, true);
    const checked = ts.createProgram(['/example.ts'], { noLib: true }, { ...host, getSourceFile: () => source });
    expect(floatsIn(source, false, checked)).toEqual([`1: ${found}`]);
  });

  it('and lets whole numbers and big integers be', () => {
    expect(files.length).toBeGreaterThan(20);
    const money = program.getSourceFile(new URL('money.ts', folder).pathname)!;
    expect(money.text).toContain(' / (2n * denominator)');
  });
});

/** Decimal literals, functions that make floats, and divisions or powers whose result is not a big integer. */
function floatsIn(source: ts.SourceFile, divides: boolean, of = program): string[] {
  const checker = of.getTypeChecker();
  const isBig = (node: ts.Node) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.BigIntLike) !== 0;
  const found: string[] = [];
  const add = (node: ts.Node, what: string) =>
    found.push(`${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
  const visit = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node) && /[.e]/i.test(node.getText()) && !/^0x/i.test(node.getText()))
      add(node, `decimal ${node.getText()}`);
    if (ts.isIdentifier(node) && FORBIDDEN.includes(node.text)) add(node, `call of ${node.text}`);
    if (ts.isBinaryExpression(node) && !isBig(node.left)) {
      const { kind } = node.operatorToken;
      const division = kind === ts.SyntaxKind.SlashToken || kind === ts.SyntaxKind.SlashEqualsToken;
      if (division && !divides) add(node, `division ${node.getText()}`);
      if (kind === ts.SyntaxKind.AsteriskAsteriskToken) add(node, `power ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
