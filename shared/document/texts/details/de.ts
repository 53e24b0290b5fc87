import type { DetailsTexts } from '../details-texts.ts';

export const details: DetailsTexts = {
  heading: 'Einzelverbindungsnachweis',
  column: { when: 'Datum und Uhrzeit', number: 'Rufnummer', kind: 'Art', amount: 'Dauer, Credits' },
  price: (currency) => `Preis (${currency})`,
  kinds: {
    domestic: 'Inland',
    internal: 'Intern',
    'toll-free-inbound': 'Zu Ihrer gebührenfreien Rufnummer',
    'domestic-premium': 'Premium-Rufnummer',
  },
  sent: 'Nachricht gesendet',
  received: 'Nachricht empfangen',
  included: 'inklusive',
  partly: (amount) => `davon ${amount} inklusive`,
  withheld: 'Rufnummer unterdrückt',
  extension: (number) => `Nebenstelle ${number}`,
  subtotal: 'Zwischensumme',
  total: 'Alle Verbindungen und Nachrichten',
  calls: ['Verbindung', 'Verbindungen'],
  messages: ['Nachricht', 'Nachrichten'],
  notes: {
    times: (timeZone) => `Alle Uhrzeiten in Ortszeit (${timeZone}).`,
    free: 'Kostenlose Verbindungen sind nicht aufgeführt.',
    exact:
      'Einzelpreise haben vier Nachkommastellen. Ihre genaue Summe ergibt die oben berechneten Verbindungsentgelte, die je Position einmal gerundet werden; Steuern und Gebühren kommen hinzu.',
    masked: (digits) => `Die Rufnummern der Gesprächspartner sind um die letzten ${digits} Ziffern gekürzt.`,
    tooMany: (most) =>
      `Diese Rechnung umfasst mehr als ${most} Verbindungen und Nachrichten, zu viele zum Drucken. Unser Support sendet Ihnen die Aufstellung zu.`,
  },
};
