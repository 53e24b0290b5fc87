import type { ChargeTexts } from '../charge-texts.ts';

export const charges: ChargeTexts = {
  group: {
    'service-charge': 'Service Charge',
    'standard-phone-numbers': 'Standard Phone Numbers',
    prorated: 'Prorated Charges',
    'contact-center': 'Contact Center',
    rentals: 'Rentals',
    purchases: 'Purchases',
    'included-minutes': 'Included Minutes in Plan',
    'domestic-premium': 'Domestic Premium Minutes Not in Plan',
    'outbound-overage': 'Outbound Minutes Overages',
    'toll-free-inbound': 'Toll-Free Phone Numbers (DID) – inbound minutes',
    international: 'International Phone Numbers (DID) – outbound minutes',
    'sms-included': 'SMS Included in Plan',
    'sms-overage': 'SMS Overage',
    'state-local-fees': 'State and Local Regulatory Fees',
    'regulatory-recovery': 'Regulatory Recovery Fee',
    'canadian-regulatory': 'Federal and Province Regulatory Fees',
    'universal-service': 'Universal Service Fee',
  },
  about: {
    'included-minutes': 'Minutes used within your plan, local and long distance. They cost nothing extra.',
    'domestic-premium': 'Minutes of calls to domestic numbers with premium prefixes, which no plan includes.',
    'outbound-overage': 'Outbound minutes beyond those in your plan. Calls between extensions count as outbound.',
    'toll-free-inbound':
      'Minutes of calls that others made to your toll-free numbers. The numbers themselves are under Standard Phone Numbers.',
    international:
      'Minutes of calls to countries other than that of your billing address, at the rate of each destination.',
    'sms-included':
      'Message credits used within your plan, sent and received. One credit is about 160 characters. They cost nothing extra.',
    'sms-overage': 'Message credits beyond those in your plan, sent and received. One credit is about 160 characters.',
    'state-local-fees':
      'Recovers state and local taxes and fees that we pay for the service. It is our charge, not a tax imposed on you, and changes with them.',
    'regulatory-recovery':
      'Recovers part of our cost of regulatory compliance, of connecting to the public telephone network and of answering legal requests. It is neither a tax nor imposed by any government.',
    'canadian-regulatory':
      'A surcharge customary among Canadian carriers. It is not imposed by any government; its rate depends on the service.',
    'universal-service':
      'Recovers our contributions to the federal Universal Service Fund on interstate and international service. The rate is set anew each quarter.',
  },
  units: {
    device: ['device', 'devices'],
    extension: ['extension', 'extensions'],
    number: ['number', 'numbers'],
    licence: ['licence', 'licences'],
    user: ['user', 'users'],
    location: ['location', 'locations'],
    item: ['item', 'items'],
    circuit: ['circuit', 'circuits'],
    minute: ['minute', 'minutes'],
    credit: ['credit', 'credits'],
    month: ['month', 'months'],
  },
  usage: {
    names: {
      domestic: 'Outbound minutes',
      'toll-free-inbound': 'Inbound minutes to toll-free numbers',
      'domestic-premium': 'Minutes to premium numbers',
      international: 'International minutes',
      message: 'Message credits',
    },
    used: (used, included) => `${used} of ${included} in your plan used`,
    beyond: (included) => `beyond the ${included} in your plan`,
    late: (month) => `usage of ${month}, recorded after that month’s invoice`,
  },
};
