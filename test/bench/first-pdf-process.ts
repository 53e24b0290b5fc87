import { readFileSync } from 'node:fs';
import { handler } from '../../functions/deliver-invoice.ts';
import { renderInvoice } from '../../shared/document/invoice-pdf.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import type { FirstPdf } from './first-pdf.ts';

/** Bundled with all of deliver-invoice, this is one cold start of it, to the first PDF; without the network. */
const loadedMs = performance.now();
const invoice = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Invoice;
const { length } = await renderInvoice(invoice);
if (typeof handler !== 'function' || length === 0) throw new Error('There is no PDF');
const cpu = process.cpuUsage();
const times: FirstPdf = { loadedMs, drawnMs: performance.now(), cpuMs: (cpu.user + cpu.system) / 1000 };
console.log(JSON.stringify(times));
