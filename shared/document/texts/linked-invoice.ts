import type { Language } from '../../domain/account.ts';

/** What an invoice mail says whose PDF is too large to be attached: `action` leads to the invoice in the portal. */
export interface LinkedInvoiceTexts {
  readonly tooLarge: string;
  readonly action: string;
}

export const LINKED_INVOICE: Readonly<Record<Language, LinkedInvoiceTexts>> = {
  en: {
    tooLarge: 'The PDF of this invoice is too large for an e-mail. You can download it from the customer portal.',
    action: 'Open and download invoice',
  },
  fr: {
    tooLarge:
      'Le PDF de cette facture est trop volumineux pour un courriel. Vous pouvez le télécharger dans l’espace client.',
    action: 'Ouvrir et télécharger la facture',
  },
  it: {
    tooLarge: 'Il PDF di questa fattura è troppo grande per un’e-mail. Potete scaricarlo dal portale clienti.',
    action: 'Apri e scarica la fattura',
  },
  de: {
    tooLarge: 'Das PDF dieser Rechnung ist für eine E-Mail zu groß. Sie können es im Kundenportal herunterladen.',
    action: 'Rechnung öffnen und herunterladen',
  },
  es: {
    tooLarge:
      'El PDF de esta factura es demasiado grande para un correo electrónico. Puede descargarlo en el portal de clientes.',
    action: 'Abrir y descargar la factura',
  },
  pt: {
    tooLarge: 'O PDF desta fatura é demasiado grande para um e-mail. Pode descarregá-lo no portal de clientes.',
    action: 'Abrir e descarregar a fatura',
  },
  nl: {
    tooLarge: 'De pdf van deze factuur is te groot voor een e-mail. U kunt hem downloaden in het klantportaal.',
    action: 'Factuur openen en downloaden',
  },
};
