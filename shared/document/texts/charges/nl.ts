import type { ChargeTexts } from '../charge-texts.ts';

export const charges: ChargeTexts = {
  group: {
    'service-charge': 'Servicekosten',
    'standard-phone-numbers': 'Standaardtelefoonnummers',
    prorated: 'Kosten naar rato',
    'contact-center': 'Contactcenter',
    rentals: 'Huur',
    purchases: 'Aankopen',
    'included-minutes': 'Minuten in uw bundel',
    'domestic-premium': 'Betaalde servicenummers buiten de bundel',
    'outbound-overage': 'Uitgaande minuten buiten de bundel',
    'toll-free-inbound': 'Gratis nummers (DID) – inkomende minuten',
    international: 'Internationale nummers (DID) – uitgaande minuten',
    'sms-included': 'Sms in uw bundel',
    'sms-overage': 'Sms buiten de bundel',
    'state-local-fees': 'Regelgevingskosten van staat en gemeente',
    'regulatory-recovery': 'Toeslag voor regelgevingskosten',
    'canadian-regulatory': 'Federale en provinciale regelgevingskosten',
    'universal-service': 'Toeslag universele dienst',
  },
  about: {
    'included-minutes': 'Minuten gebruikt binnen uw bundel, lokaal en interlokaal, zonder extra kosten.',
    'domestic-premium': 'Minuten van gesprekken naar binnenlandse betaalde servicenummers, die in geen bundel zitten.',
    'outbound-overage': 'Uitgaande minuten buiten uw bundel. Gesprekken tussen toestellen tellen als uitgaand.',
    'toll-free-inbound':
      'Minuten van gesprekken die op uw gratis nummers binnenkwamen. De nummers zelf staan onder Standaardtelefoonnummers.',
    international:
      'Minuten van gesprekken naar andere landen dan dat van uw factuuradres, tegen het tarief van elke bestemming.',
    'sms-included':
      'Sms-credits gebruikt binnen uw bundel, verzonden en ontvangen, zonder extra kosten. Een credit is ongeveer 160 tekens.',
    'sms-overage': 'Sms-credits buiten uw bundel, verzonden en ontvangen. Een credit is ongeveer 160 tekens.',
    'state-local-fees':
      'Dekken belastingen en heffingen van staat en gemeente die wij voor de dienst betalen. Dit zijn onze kosten, geen aan u opgelegde belasting, en ze veranderen mee met die heffingen.',
    'regulatory-recovery':
      'Dekt een deel van onze kosten voor naleving van regelgeving, aansluiting op het openbare telefoonnet en beantwoording van juridische verzoeken. Dit is geen belasting en wordt door geen overheid opgelegd.',
    'canadian-regulatory':
      'Een onder Canadese aanbieders gebruikelijke toeslag. Geen overheid legt hem op; het tarief hangt af van de dienst.',
    'universal-service':
      'Dekt onze bijdragen aan het federale fonds voor de universele dienst over verkeer tussen staten en naar het buitenland. Het tarief wordt elk kwartaal vastgesteld.',
  },
  units: {
    device: ['apparaat', 'apparaten'],
    extension: ['toestel', 'toestellen'],
    number: ['nummer', 'nummers'],
    licence: ['licentie', 'licenties'],
    user: ['gebruiker', 'gebruikers'],
    location: ['locatie', 'locaties'],
    item: ['artikel', 'artikelen'],
    circuit: ['verbinding', 'verbindingen'],
    minute: ['minuut', 'minuten'],
    credit: ['credit', 'credits'],
    month: ['maand', 'maanden'],
  },
  usage: {
    names: {
      domestic: 'Uitgaande minuten',
      'toll-free-inbound': 'Inkomende minuten naar gratis nummers',
      'domestic-premium': 'Minuten naar betaalde servicenummers',
      international: 'Internationale minuten',
      message: 'Sms-credits',
    },
    used: (used, included) => `${used} van de ${included} in uw bundel gebruikt`,
    beyond: (included) => `boven de ${included} in uw bundel`,
    late: (month) => `gebruik van ${month}, geregistreerd na de factuur van die maand`,
  },
};
