import type { AllowanceExplanation, Explanation, PurchaseExplanation } from '../explanation.ts';
import type { InvoiceLine } from '../invoice.ts';
import type { Currency } from '../money.ts';
import { exactAmount } from './exact.ts';
import { feeWords } from './fee-words.ts';
import { moneyText, monthText, periodText, unitsText } from './figures.ts';
import { calculation, priceWords, times } from './price-words.ts';
import { prorationWords } from './proration-words.ts';
import { allowanceWords, CLASS_NAMES, meteredText, usageWords } from './usage-words.ts';

/** The parts of a line that its words need. */
export type ExplainedLine = Pick<InvoiceLine, 'description' | 'unit' | 'servicePeriod' | 'amount' | 'explanation'>;

/**
 * How a line's amount came about, in English, a sentence a step: what was charged, its price and version, the calculation
 * before rounding, and how it was rounded. Every figure is written from integers, exactly.
 */
export function explainLine(line: ExplainedLine, currency: Currency): string[] {
  const { explanation } = line;
  switch (explanation.kind) {
    case 'period':
      return periodWords(line, explanation, currency);
    case 'proration':
      return prorationWords(line, explanation, currency);
    case 'purchase':
      return purchaseWords(line, explanation, currency);
    case 'usage':
      return usageWords(explanation, currency);
    case 'allowance':
      return includedWords(explanation, currency);
    case 'fee':
      return feeWords(explanation, currency);
  }
}

function periodWords(
  { unit, servicePeriod, description }: ExplainedLine,
  explanation: Extract<Explanation, { kind: 'period' }>,
  currency: Currency,
): string[] {
  const { quantity, periods, price } = explanation;
  const counted = periods === 1 ? '' : ` × ${periods} periods`;
  return [
    `${description}: ${unitsText(quantity, unit)}, paid in advance for ${periodText(servicePeriod)}.`,
    priceWords(price, unit, currency),
    calculation(
      `${times(price.pricing, quantity, unit, currency)}${counted}`,
      exactAmount(explanation, currency),
      currency,
    ),
  ];
}

function purchaseWords({ unit, description }: ExplainedLine, explanation: PurchaseExplanation, currency: Currency) {
  const { quantity, price } = explanation;
  return [
    `${description}: ${unitsText(quantity, unit)}, bought once.`,
    priceWords(price, unit, currency),
    calculation(times(price.pricing, quantity, unit, currency), exactAmount(explanation, currency), currency),
  ];
}

function includedWords(explanation: AllowanceExplanation, currency: Currency): string[] {
  const { usage, month, allowance } = explanation;
  const used = meteredText(allowance.after - allowance.before, allowance.unit);
  return [
    `${CLASS_NAMES[usage]} of ${monthText(month)}: ${used} inside the plan.`,
    ...allowanceWords(explanation),
    `Nothing is charged: ${moneyText(0, currency)}.`,
  ];
}
