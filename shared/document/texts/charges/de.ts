import type { ChargeTexts } from '../charge-texts.ts';

export const charges: ChargeTexts = {
  group: {
    'service-charge': 'Servicegebühr',
    'standard-phone-numbers': 'Standardrufnummern',
    prorated: 'Anteilige Gebühren',
    'contact-center': 'Contact Center',
    rentals: 'Mietgeräte',
    purchases: 'Käufe',
    'included-minutes': 'Im Tarif enthaltene Minuten',
    'domestic-premium': 'Inländische Premium-Minuten außerhalb des Tarifs',
    'outbound-overage': 'Ausgehende Minuten über den Tarif hinaus',
    'toll-free-inbound': 'Gebührenfreie Rufnummern (DID) – eingehende Minuten',
    international: 'Internationale Rufnummern (DID) – ausgehende Minuten',
    'sms-included': 'Im Tarif enthaltene SMS',
    'sms-overage': 'SMS über den Tarif hinaus',
    'state-local-fees': 'Regulierungsgebühren von Bundesstaat und Gemeinde',
    'regulatory-recovery': 'Regulierungskostenumlage',
    'canadian-regulatory': 'Regulierungsgebühren von Bund und Provinz',
    'universal-service': 'Universaldienstumlage',
  },
  about: {
    'included-minutes': 'Im Rahmen Ihres Tarifs genutzte Orts- und Fernminuten, ohne Aufpreis.',
    'domestic-premium': 'Minuten für Anrufe zu inländischen Nummern mit Premium-Vorwahl, die kein Tarif enthält.',
    'outbound-overage':
      'Ausgehende Minuten über die Ihres Tarifs hinaus. Anrufe zwischen Nebenstellen zählen als ausgehend.',
    'toll-free-inbound':
      'Minuten der Anrufe bei Ihren gebührenfreien Rufnummern. Die Rufnummern selbst stehen unter Standardrufnummern.',
    international:
      'Minuten für Anrufe in andere Länder als das Ihrer Rechnungsanschrift, zum Preis des jeweiligen Ziels.',
    'sms-included':
      'Im Rahmen Ihres Tarifs genutzte SMS-Credits, gesendet und empfangen, ohne Aufpreis. Ein Credit entspricht etwa 160 Zeichen.',
    'sms-overage':
      'SMS-Credits über die Ihres Tarifs hinaus, gesendet und empfangen. Ein Credit entspricht etwa 160 Zeichen.',
    'state-local-fees':
      'Decken Steuern und Abgaben des Bundesstaats und der Gemeinden, die wir für den Dienst zahlen. Sie sind unser Entgelt, keine Ihnen auferlegte Steuer, und ändern sich mit diesen Abgaben.',
    'regulatory-recovery':
      'Deckt einen Teil unserer Kosten für die Einhaltung von Vorschriften, den Anschluss an das öffentliche Telefonnetz und die Beantwortung behördlicher Anfragen. Sie ist weder Steuer noch staatlich auferlegt.',
    'canadian-regulatory':
      'Ein bei kanadischen Anbietern üblicher Zuschlag. Er ist nicht staatlich auferlegt; sein Satz hängt vom Dienst ab.',
    'universal-service':
      'Deckt unsere Beiträge zum US-Universaldienstfonds für Verkehr zwischen Bundesstaaten und ins Ausland. Der Satz wird vierteljährlich festgelegt.',
  },
  units: {
    device: ['Gerät', 'Geräte'],
    extension: ['Nebenstelle', 'Nebenstellen'],
    number: ['Rufnummer', 'Rufnummern'],
    licence: ['Lizenz', 'Lizenzen'],
    user: ['Benutzer', 'Benutzer'],
    location: ['Standort', 'Standorte'],
    item: ['Stück', 'Stück'],
    circuit: ['Anschluss', 'Anschlüsse'],
    minute: ['Minute', 'Minuten'],
    credit: ['Credit', 'Credits'],
    month: ['Monat', 'Monate'],
  },
  usage: {
    names: {
      domestic: 'Ausgehende Minuten',
      'toll-free-inbound': 'Eingehende Minuten auf gebührenfreien Rufnummern',
      'domestic-premium': 'Minuten zu Premium-Rufnummern',
      international: 'Internationale Minuten',
      message: 'SMS-Credits',
    },
    used: (used, included) => `${used} von ${included} Ihres Tarifs genutzt`,
    beyond: (included) => `über die ${included} Ihres Tarifs hinaus`,
    late: (month) => `Nutzung im ${month}, nach der Rechnung dieses Monats erfasst`,
  },
};
