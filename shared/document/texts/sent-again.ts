import type { Language } from '../../domain/account.ts';
import { al } from './italian.ts';

/** What the mail says that brings an invoice once more. */
export interface SentAgainTexts {
  /** `on`: the day it was sent for the first time. */
  readonly firstSent: (on: string) => string;
  /** In place of when the invoice was to be paid. */
  readonly settled: string;
}

export const SENT_AGAIN: Readonly<Record<Language, SentAgainTexts>> = {
  en: {
    firstSent: (on) => `As requested, here is this invoice again. We first sent it on ${on}.`,
    settled: 'This invoice is settled. There is nothing left to pay.',
  },
  fr: {
    firstSent: (on) => `Comme demandé, voici de nouveau cette facture, envoyée une première fois le ${on}.`,
    settled: 'Cette facture est réglée : il ne reste rien à payer.',
  },
  it: {
    firstSent: (on) => `Come richiesto, vi inviamo di nuovo questa fattura. Il primo invio risale ${al(on)}.`,
    settled: 'Questa fattura è saldata: non resta nulla da pagare.',
  },
  de: {
    firstSent: (on) =>
      `Wie gewünscht erhalten Sie diese Rechnung noch einmal. Zum ersten Mal haben wir sie am ${on} versandt.`,
    settled: 'Diese Rechnung ist beglichen. Es ist nichts mehr zu zahlen.',
  },
  es: {
    firstSent: (on) => `Tal como se ha solicitado, le enviamos de nuevo esta factura. El primer envío fue el ${on}.`,
    settled: 'Esta factura está saldada: no queda nada por pagar.',
  },
  pt: {
    firstSent: (on) => `Conforme solicitado, enviamos novamente esta fatura. O primeiro envio foi a ${on}.`,
    settled: 'Esta fatura está liquidada: não há mais nada a pagar.',
  },
  nl: {
    firstSent: (on) => `Zoals gevraagd sturen wij u deze factuur nogmaals. De eerste verzending was op ${on}.`,
    settled: 'Deze factuur is voldaan. U hoeft niets meer te betalen.',
  },
};
