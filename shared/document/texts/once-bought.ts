import type { Language } from '../../domain/account.ts';
import { del } from './italian.ts';

/** What a quote and its mail say of what is bought once. Amounts, dates and addresses are formatted already. */
export interface OnceTexts {
  readonly heading: string;
  /** Sums: of the subscriptions, where something is bought once beside them, and of what is bought once. */
  readonly recurring: string;
  readonly total: string;
  readonly sentTo: (address: string) => string;
  readonly sentWhere: string;
  readonly invoice: {
    readonly heading: string;
    readonly dated: string;
    readonly due: (days: number) => string;
    readonly rates: (of: string) => string;
  };
  /** Beside it, while everything else waits for its circuit. */
  readonly nothingElse: string;
  readonly mail: {
    readonly offered: (amount: string) => string;
    readonly accepted: (amount: string) => string;
  };
}

export const ONCE_TEXTS: Readonly<Record<Language, OnceTexts>> = {
  en: {
    heading: 'One-time purchases',
    recurring: 'Recurring charges for the contract period, excluding tax',
    total: 'One-time purchases, excluding tax',
    sentTo: (address) => `We send the devices to ${address}.`,
    sentWhere: 'When you accept the quote, you tell us where to send the devices.',
    invoice: {
      heading: 'Your invoice for one-time purchases',
      dated: 'It is issued on the day on which you accept the quote.',
      due: (days) => `It is due ${days === 1 ? '1 day' : `${days} days`} later.`,
      rates: (of) => `Taxes and fees follow your billing address; shown are the rates of ${of}.`,
    },
    nothingElse: 'Nothing else is charged before a circuit is activated.',
    mail: {
      offered: (amount) =>
        `One-time purchases are invoiced separately, on the day on which you accept: ${amount}, tax included.`,
      accepted: (amount) => `Your one-time purchases are invoiced separately today: ${amount}, tax included.`,
    },
  },
  fr: {
    heading: 'Achats uniques',
    recurring: 'Charges récurrentes pour la durée du contrat, hors taxes',
    total: 'Achats uniques, hors taxes',
    sentTo: (address) => `Le matériel est expédié à : ${address}.`,
    sentWhere: 'Au moment d’accepter le devis, vous nous indiquez où expédier le matériel.',
    invoice: {
      heading: 'Votre facture pour les achats uniques',
      dated: 'Elle est émise le jour où vous acceptez le devis.',
      due: (days) => `Elle est payable ${days === 1 ? '1 jour' : `${days} jours`} plus tard.`,
      rates: (of) =>
        `Les taxes et frais dépendent de votre adresse de facturation ; les taux indiqués sont ceux du ${of}.`,
    },
    nothingElse: 'Rien d’autre n’est facturé avant l’activation d’une ligne.',
    mail: {
      offered: (amount) =>
        `Les achats uniques font l’objet d’une facture séparée le jour où vous acceptez : ${amount}, taxes comprises.`,
      accepted: (amount) =>
        `Vos achats uniques font l’objet d’une facture séparée, émise aujourd’hui : ${amount}, taxes comprises.`,
    },
  },
  it: {
    heading: 'Acquisti una tantum',
    recurring: 'Canoni ricorrenti per la durata del contratto, imposte escluse',
    total: 'Acquisti una tantum, imposte escluse',
    sentTo: (address) => `Spediamo gli apparecchi a: ${address}.`,
    sentWhere: 'Quando accettate il preventivo ci indicate dove spedire gli apparecchi.',
    invoice: {
      heading: 'La vostra fattura per gli acquisti una tantum',
      dated: 'Viene emessa il giorno in cui accettate il preventivo.',
      due: (days) => `Scade ${days === 1 ? '1 giorno' : `${days} giorni`} dopo.`,
      rates: (of) =>
        `Imposte e oneri seguono il vostro indirizzo di fatturazione; le aliquote indicate sono quelle ${del(of)}.`,
    },
    nothingElse: 'Nient’altro viene addebitato prima dell’attivazione di una linea.',
    mail: {
      offered: (amount) =>
        `Per gli acquisti una tantum riceverete una fattura separata il giorno in cui accettate: ${amount}, imposte incluse.`,
      accepted: (amount) =>
        `Per gli acquisti una tantum emettiamo oggi una fattura separata: ${amount}, imposte incluse.`,
    },
  },
  de: {
    heading: 'Einmalige Käufe',
    recurring: 'Laufende Entgelte für die Vertragslaufzeit, ohne Steuern',
    total: 'Einmalige Käufe, ohne Steuern',
    sentTo: (address) => `Wir senden die Geräte an: ${address}.`,
    sentWhere: 'Wohin wir die Geräte senden sollen, sagen Sie uns, wenn Sie das Angebot annehmen.',
    invoice: {
      heading: 'Ihre Rechnung über die einmaligen Käufe',
      dated: 'Sie wird an dem Tag ausgestellt, an dem Sie das Angebot annehmen.',
      due: (days) => `Fällig ist sie ${days === 1 ? '1 Tag' : `${days} Tage`} später.`,
      rates: (of) =>
        `Steuern und Gebühren richten sich nach Ihrer Rechnungsanschrift; gezeigt sind die Sätze vom ${of}.`,
    },
    nothingElse: 'Sonst wird vor der Freischaltung eines Anschlusses nichts berechnet.',
    mail: {
      offered: (amount) =>
        `Über die einmaligen Käufe erhalten Sie am Tag der Annahme eine eigene Rechnung: ${amount} einschließlich Steuern.`,
      accepted: (amount) =>
        `Über die einmaligen Käufe stellen wir heute eine eigene Rechnung aus: ${amount} einschließlich Steuern.`,
    },
  },
  es: {
    heading: 'Compras únicas',
    recurring: 'Cargos recurrentes por la duración del contrato, sin impuestos',
    total: 'Compras únicas, sin impuestos',
    sentTo: (address) => `Enviamos los equipos a: ${address}.`,
    sentWhere: 'Al aceptar el presupuesto nos indica adónde enviar los equipos.',
    invoice: {
      heading: 'Su factura de las compras únicas',
      dated: 'Se emite el día en que acepta el presupuesto.',
      due: (days) => `Vence ${days === 1 ? '1 día' : `${days} días`} después.`,
      rates: (of) => `Los impuestos y tasas dependen de su dirección de facturación; se muestran los tipos del ${of}.`,
    },
    nothingElse: 'No se cobra nada más antes de que se active una línea.',
    mail: {
      offered: (amount) =>
        `Las compras únicas se facturan aparte el día en que acepte: ${amount}, impuestos incluidos.`,
      accepted: (amount) => `Sus compras únicas se facturan hoy aparte: ${amount}, impuestos incluidos.`,
    },
  },
  pt: {
    heading: 'Compras únicas',
    recurring: 'Encargos recorrentes durante o contrato, sem impostos',
    total: 'Compras únicas, sem impostos',
    sentTo: (address) => `Enviamos os equipamentos para: ${address}.`,
    sentWhere: 'Ao aceitar o orçamento, indica-nos para onde enviar os equipamentos.',
    invoice: {
      heading: 'A sua fatura das compras únicas',
      dated: 'É emitida no dia em que aceita o orçamento.',
      due: (days) => `Vence ${days === 1 ? '1 dia' : `${days} dias`} depois.`,
      rates: (of) => `Os impostos e taxas dependem da sua morada de faturação; são indicadas as taxas de ${of}.`,
    },
    nothingElse: 'Nada mais é cobrado antes da ativação de uma linha.',
    mail: {
      offered: (amount) =>
        `As compras únicas são faturadas à parte no dia em que aceitar: ${amount}, impostos incluídos.`,
      accepted: (amount) => `As suas compras únicas são faturadas hoje à parte: ${amount}, impostos incluídos.`,
    },
  },
  nl: {
    heading: 'Eenmalige aankopen',
    recurring: 'Periodieke kosten voor de contractduur, exclusief belasting',
    total: 'Eenmalige aankopen, exclusief belasting',
    sentTo: (address) => `Wij sturen de apparaten naar: ${address}.`,
    sentWhere: 'Bij het accepteren van de offerte geeft u aan waar wij de apparaten naartoe sturen.',
    invoice: {
      heading: 'Uw factuur voor de eenmalige aankopen',
      dated: 'Deze wordt opgemaakt op de dag waarop u de offerte accepteert.',
      due: (days) => `Deze vervalt ${days === 1 ? '1 dag' : `${days} dagen`} later.`,
      rates: (of) => `Belastingen en toeslagen volgen uw factuuradres; getoond worden de tarieven van ${of}.`,
    },
    nothingElse: 'Verder wordt er niets berekend voordat een verbinding is geactiveerd.',
    mail: {
      offered: (amount) =>
        `Voor de eenmalige aankopen krijgt u een aparte factuur op de dag waarop u akkoord gaat: ${amount}, inclusief belasting.`,
      accepted: (amount) =>
        `Voor uw eenmalige aankopen maken wij vandaag een aparte factuur op: ${amount}, inclusief belasting.`,
    },
  },
};
