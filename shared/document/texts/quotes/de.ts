import type { QuoteTexts } from '../quote-texts.ts';

export const de: QuoteTexts = {
  title: 'Angebot',
  from: 'Anbieter',
  preparedFor: 'Erstellt für',
  date: 'Datum',
  validUntil: 'Gültig bis',
  billingStart: 'Abrechnungsbeginn',
  contractPeriod: 'Vertragslaufzeit',
  renewal: 'Verlängerung am',
  months: (months) => (months === 1 ? '1 Monat' : `${months} Monate`),
  hero: 'Für die Vertragslaufzeit, ohne Steuern',
  billingStarts: (on) => `Die Abrechnung beginnt am ${on}.`,
  acceptBy: (until) => `Zum Annehmen wählen Sie bis zum ${until} im Kundenportal „Jetzt kaufen“.`,
  offer: 'Was wir Ihnen anbieten',
  every: {
    month: (amount) => `Jeden Monat: ${amount}`,
    quarter: (amount) => `Jedes Quartal: ${amount}`,
    year: (amount) => `Jedes Jahr: ${amount}`,
  },
  overContract: 'Laufzeit',
  contractTotal: 'Summe für die Vertragslaufzeit, ohne Steuern',
  listPrice: (price) => `Listenpreis ${price}`,
  discount: (rate) => `${rate} Rabatt`,
  awaitsActivation: 'berechnet ab dem Tag, an dem der Anschluss freigeschaltet ist',
  savings: { heading: 'Was Sie sparen', list: 'Listenpreis', quoted: 'Angebot', saved: 'Ersparnis' },
  perProduct: 'Summe je Produkt',
  firstInvoice: {
    heading: 'Ihre erste Rechnung',
    dated: (on, due) => `Sie ist auf den ${on} datiert und am ${due} fällig.`,
    part: {
      heading: 'Was auf Ihrer Rechnung hinzukommt',
      dated: (on, due) => `Ihre Rechnung vom ${on}, fällig am ${due}, enthält dies neben Ihren übrigen Posten.`,
    },
    none: 'Vor der Freischaltung eines Anschlusses wird nichts berechnet; die erste Rechnung ist die nächste danach.',
    rates: (of) => `Steuern und Gebühren richten sich nach Ihrer Rechnungsanschrift, zu den Sätzen vom ${of}.`,
    earlierRates: (of) =>
      `Steuern und Gebühren richten sich nach Ihrer Rechnungsanschrift. Die Sätze des Rechnungsdatums sind noch nicht veröffentlicht; gezeigt sind die vom ${of}.`,
  },
  next: {
    heading: 'Was geschieht, wenn Sie annehmen',
    accept: (until) =>
      `Öffnen Sie das Angebot bis zum ${until} im Kundenportal, prüfen Sie Rechnungsanschrift, Zahlungsmittel und Ansprechpartner, stimmen Sie den Bedingungen zu und wählen Sie „Jetzt kaufen“. Bis dahin ist nichts bestellt.`,
    start: (on) => `Für die Zeit vor dem ${on} wird nichts berechnet, auch keine Anrufe außerhalb des Tarifs.`,
    renew: (w) =>
      `Der Vertrag endet am ${w.endsOn}. Er verlängert sich am ${w.renewsOn} um ${w.months} zu den Preisen dieses Angebots, wenn Sie nicht bis zum ${w.cancelBy} kündigen.`,
    pay: {
      card: 'Rechnungen werden von Ihrem Zahlungsmittel abgebucht oder im Kundenportal bezahlt.',
      wire: 'Sie bezahlen jede Rechnung per Überweisung.',
      cheque: 'Sie bezahlen jede Rechnung per Scheck.',
    },
    extra: 'Nutzung über den Tarif hinaus ist nicht Teil dieses Angebots und wird nach den gültigen Preisen berechnet.',
  },
  questions: 'Fragen zu diesem Angebot',
  view: 'Angebot ansehen und annehmen',
  mail: {
    offered: (w) => ({
      subject: `Angebot ${w.number}: ${w.amount}, gültig bis ${w.validShort}`,
      heading: 'Ihr Angebot ist da',
      paragraphs: [
        `Dies ist unser Angebot ${w.number} über ${w.amount} ohne Steuern für die Vertragslaufzeit. Die Abrechnung beginnt am ${w.billingStart}.`,
        `Sie können es bis zum ${w.validUntil} im Kundenportal annehmen. Erst mit „Jetzt kaufen“ ist etwas bestellt.`,
      ],
    }),
    accepted: (w) => ({
      subject: `Angebot ${w.number} angenommen: Abrechnung ab ${w.startShort}`,
      heading: 'Vielen Dank für Ihre Bestellung',
      paragraphs: [
        `Sie haben unser Angebot ${w.number} über ${w.amount} ohne Steuern für die Vertragslaufzeit angenommen. Die Abrechnung beginnt am ${w.billingStart}.`,
        'Falls Sie nichts bestellt haben, melden Sie sich bitte umgehend bei uns.',
      ],
    }),
    first: (amount, on) =>
      `Ihre erste Rechnung wird auf den ${on} datiert und beläuft sich auf ${amount} einschließlich Steuern.`,
    firstPart: (amount, on) => `Auf Ihrer Rechnung vom ${on} kommen ${amount} einschließlich Steuern hinzu.`,
    viewAgain: 'Angebot ansehen',
    why: 'Sie erhalten diese Nachricht, weil dieses Angebot für Sie erstellt wurde.',
  },
};
