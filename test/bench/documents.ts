import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import { SAMPLES, type Sample, sampleInvoice } from '../support/invoices.ts';
import type { Rate } from './measure.ts';

/** Invoices of every sample country, drawn one after the other as deliver-invoice draws them. */
export async function pdfRate(seconds: number): Promise<Rate> {
  const invoices = (Object.keys(SAMPLES) as Sample[]).map((sample) => sampleInvoice(sample));
  const draw = async (until: number): Promise<number> => {
    let count = 0;
    for (; performance.now() < until; count++) await renderInvoice(invoices[count % invoices.length]!);
    return count;
  };
  await draw(performance.now() + (seconds * 1000) / 3);
  const [start, before] = [performance.now(), process.cpuUsage()];
  const count = await draw(start + seconds * 1000);
  const used = process.cpuUsage(before);
  return {
    name: 'PDFs drawn',
    perSecond: count / ((performance.now() - start) / 1000),
    cpuMicros: (used.user + used.system) / count,
  };
}
