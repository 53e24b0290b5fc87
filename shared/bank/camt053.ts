import sax from 'sax';
import {
  currencyOf,
  dateOf,
  identified,
  isDecimal,
  minorUnits,
  noAmount,
  type ReadEntry,
  type Statement,
} from './statement.ts';

/** An element without its namespace prefix, and the line it begins on. */
interface Element {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/**
 * Reads a bank statement in ISO 20022 camt.053, any version: every booked credit, and each transaction of a batch by
 * itself where the file tells their amounts. Never throws: whatever is wrong is a fault with its element and line.
 */
export function readCamt053(text: string): Statement {
  let root: Element | undefined;
  try {
    root = treeOf(text);
  } catch (error) {
    const [reason = 'is no XML', line = ''] = (error instanceof Error ? error.message : '').split('\n');
    return failed(`file ${line.toLowerCase()}`.trim(), reason);
  }
  const statements = root === undefined ? [] : all(root, 'BkToCstmrStmt', 'Stmt');
  if (statements.length === 0) return failed('file', 'is no camt.053: it has no BkToCstmrStmt with a Stmt');
  const read: ReadEntry[] = [];
  const skipped: Statement['skipped'][number][] = [];
  const faults: Statement['faults'][number][] = [];
  for (const statement of statements) {
    const account = textAt(statement, 'Acct', 'Id', 'IBAN') ?? textAt(statement, 'Acct', 'Id', 'Othr', 'Id') ?? '';
    for (const entry of all(statement, 'Ntry')) {
      const place = `Ntry, line ${entry.line}`;
      const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'BOOK';
      if (textAt(entry, 'CdtDbtInd') !== 'CRDT') skipped.push({ place, reason: 'is no incoming payment' });
      else if (status !== 'BOOK') skipped.push({ place, reason: `is not booked yet (${status})` });
      else
        for (const payment of paymentsOf(entry, account))
          if (typeof payment === 'string') faults.push({ place, reason: payment });
          else read.push(payment);
    }
  }
  return { entries: identified(read), skipped, faults };
}

const failed = (place: string, reason: string): Statement => ({
  entries: [],
  skipped: [],
  faults: [{ place, reason }],
});

/** Entities of its own, which a document could blow up or reach files with, are not read: the parser knows none. */
function treeOf(text: string): Element | undefined {
  const parser = sax.parser(true, { position: true });
  const open: Element[] = [];
  let root: Element | undefined;
  parser.onopentag = ({ name, attributes }) => {
    const element: Element = {
      name: name.replace(/^.*:/, ''),
      line: parser.line + 1,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  parser.ontext = (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.onclosetag = () => void open.pop();
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return root;
}

const all = (of: Element, ...[name, ...rest]: readonly string[]): Element[] => {
  const found = of.children.filter((child) => child.name === name);
  return rest.length === 0 ? found : found.flatMap((child) => all(child, ...rest));
};
const textAt = (of: Element, ...path: readonly string[]): string | undefined =>
  all(of, ...path)[0]?.text.trim() || undefined;

function paymentsOf(entry: Element, account: string): (ReadEntry | string)[] {
  const details = all(entry, 'NtryDtls', 'TxDtls');
  const amounts = details.map((detail) => all(detail, 'Amt')[0] ?? all(detail, 'AmtDtls', 'TxAmt', 'Amt')[0]);
  const batch = details.length > 1 && amounts.every((amount) => amount !== undefined);
  if (!batch) return [paymentOf(entry, details[0], all(entry, 'Amt')[0], account)];
  return details.map((detail, index) => paymentOf(entry, detail, amounts[index], account, index + 1));
}

function paymentOf(
  entry: Element,
  detail: Element | undefined,
  amountElement: Element | undefined,
  account: string,
  part?: number,
): ReadEntry | string {
  const { text: sum, attributes } = amountElement ?? { text: '', attributes: { Ccy: '' } };
  if (!isDecimal(sum)) return `Amt "${sum}" is no amount such as 1234.56`;
  const code = attributes.Ccy ?? '';
  const currency = currencyOf(code);
  if (currency === undefined) return `Amt has the currency "${code}", which is none that is billed in`;
  const amount = minorUnits(sum, currency);
  if (amount === undefined || amount <= 0) return `Amt ${noAmount(sum, currency)}`;
  const dates = ['ValDt', 'BookgDt'].flatMap((name) => [textAt(entry, name, 'Dt'), textAt(entry, name, 'DtTm')]);
  const written = dates.find((date) => date !== undefined);
  const valueDate = dateOf(written ?? '');
  if (valueDate === undefined) return `ValDt "${written ?? ''}" is no date`;
  const bank = textAt(entry, 'AcctSvcrRef');
  const payer =
    detail && (textAt(detail, 'RltdPties', 'Dbtr', 'Nm') ?? textAt(detail, 'RltdPties', 'Dbtr', 'Pty', 'Nm'));
  return {
    place: `Ntry, line ${entry.line}`,
    ...{ valueDate, amount, currency, account, reference: referenceOf(entry, detail) },
    ...(bank !== undefined && { bankReference: part === undefined ? bank : `${bank}#${part}` }),
    ...(payer && { payer }),
  };
}

function referenceOf(entry: Element, detail: Element | undefined): string {
  const written = detail
    ? [
        ...all(detail, 'RmtInf', 'Ustrd').map(({ text }) => text.trim()),
        textAt(detail, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref'),
        textAt(detail, 'Refs', 'EndToEndId'),
      ]
    : [];
  const parts = [...written, textAt(entry, 'AddtlNtryInf')].filter((part) => part && part !== 'NOTPROVIDED');
  return parts.join(' ');
}
