import type { DetailsTexts } from '../details-texts.ts';

export const details: DetailsTexts = {
  heading: 'Llamadas y mensajes',
  column: { when: 'Fecha y hora', number: 'Número', kind: 'Tipo', amount: 'Duración, créditos' },
  price: (currency) => `Precio (${currency})`,
  kinds: {
    domestic: 'Nacional',
    internal: 'Interna',
    'toll-free-inbound': 'A su número gratuito',
    'domestic-premium': 'Tarificación adicional',
  },
  sent: 'Mensaje enviado',
  received: 'Mensaje recibido',
  included: 'en el plan',
  partly: (amount) => `en el plan: ${amount}`,
  withheld: 'número oculto',
  extension: (number) => `Extensión ${number}`,
  subtotal: 'Subtotal',
  total: 'Todas las llamadas y mensajes',
  calls: ['llamada', 'llamadas'],
  messages: ['mensaje', 'mensajes'],
  notes: {
    times: (timeZone) => `Las horas corresponden a la hora local (${timeZone}).`,
    free: 'Las llamadas gratuitas no figuran en la lista.',
    exact:
      'Los precios se muestran con cuatro decimales. Su suma exacta corresponde a los cargos por uso anteriores, redondeados una sola vez cada uno; impuestos y tasas aparte.',
    masked: (digits) => `Se omiten las ${digits} últimas cifras de los números de sus interlocutores.`,
    tooMany: (most) =>
      `Esta factura incluye más de ${most} llamadas y mensajes, demasiados para imprimirlos. Nuestra atención al cliente le enviará la lista.`,
  },
};
