import type { ChargeTexts } from '../charge-texts.ts';

export const charges: ChargeTexts = {
  group: {
    'service-charge': 'Cargo por servicio',
    'standard-phone-numbers': 'Números de teléfono estándar',
    prorated: 'Cargos prorrateados',
    'contact-center': 'Centro de contacto',
    rentals: 'Alquileres',
    purchases: 'Compras',
    'included-minutes': 'Minutos incluidos en el plan',
    'domestic-premium': 'Minutos nacionales de tarificación adicional',
    'outbound-overage': 'Minutos salientes fuera del plan',
    'toll-free-inbound': 'Números gratuitos (DID) – minutos entrantes',
    international: 'Números internacionales (DID) – minutos salientes',
    'sms-included': 'SMS incluidos en el plan',
    'sms-overage': 'SMS fuera del plan',
    'state-local-fees': 'Cargos regulatorios estatales y locales',
    'regulatory-recovery': 'Cargo de recuperación regulatoria',
    'canadian-regulatory': 'Cargos regulatorios federales y provinciales',
    'universal-service': 'Cargo por servicio universal',
  },
  about: {
    'included-minutes': 'Minutos consumidos dentro de su plan, locales y de larga distancia, sin coste adicional.',
    'domestic-premium':
      'Minutos de llamadas a números nacionales con prefijo de tarificación adicional, que ningún plan incluye.',
    'outbound-overage':
      'Minutos salientes que superan los de su plan. Las llamadas entre extensiones cuentan como salientes.',
    'toll-free-inbound':
      'Minutos de las llamadas recibidas en sus números gratuitos. Los propios números figuran en Números de teléfono estándar.',
    international:
      'Minutos de llamadas a países distintos del de su dirección de facturación, a la tarifa de cada destino.',
    'sms-included':
      'Créditos de mensajería consumidos dentro de su plan, enviados y recibidos, sin coste adicional. Un crédito equivale a unos 160 caracteres.',
    'sms-overage':
      'Créditos de mensajería que superan los de su plan, enviados y recibidos. Un crédito equivale a unos 160 caracteres.',
    'state-local-fees':
      'Recuperan los impuestos y tasas estatales y locales que pagamos por el servicio. Son cargos nuestros, no un impuesto a su cargo, y varían con ellos.',
    'regulatory-recovery':
      'Recupera parte de nuestros costes de cumplimiento normativo, de conexión a la red telefónica pública y de respuesta a requerimientos legales. No es un impuesto ni lo impone ningún gobierno.',
    'canadian-regulatory':
      'Recargo habitual entre los operadores canadienses. No lo impone ningún gobierno; su tipo depende del servicio.',
    'universal-service':
      'Recupera nuestras aportaciones al fondo federal de servicio universal por el tráfico interestatal e internacional. El tipo se fija cada trimestre.',
  },
  units: {
    device: ['dispositivo', 'dispositivos'],
    extension: ['extensión', 'extensiones'],
    number: ['número', 'números'],
    licence: ['licencia', 'licencias'],
    user: ['usuario', 'usuarios'],
    location: ['sede', 'sedes'],
    item: ['artículo', 'artículos'],
    circuit: ['línea', 'líneas'],
    minute: ['minuto', 'minutos'],
    credit: ['crédito', 'créditos'],
    month: ['mes', 'meses'],
  },
  usage: {
    names: {
      domestic: 'Minutos salientes',
      'toll-free-inbound': 'Minutos entrantes a números gratuitos',
      'domestic-premium': 'Minutos a números de tarificación adicional',
      international: 'Minutos internacionales',
      message: 'Créditos de mensajería',
    },
    used: (used, included) => `${used} de ${included} de su plan`,
    beyond: (included) => `por encima del plan (${included})`,
    late: (month) => `consumo de ${month}, registrado después de la factura de ese mes`,
  },
};
