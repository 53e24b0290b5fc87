import type { QuoteTexts } from '../quote-texts.ts';

export const es: QuoteTexts = {
  title: 'Presupuesto',
  from: 'Emitido por',
  preparedFor: 'Preparado para',
  date: 'Fecha',
  validUntil: 'Válido hasta el',
  billingStart: 'Cobro desde el',
  contractPeriod: 'Duración del contrato',
  renewal: 'Renovación',
  months: (months) => (months === 1 ? '1 mes' : `${months} meses`),
  hero: 'Por la duración del contrato, sin impuestos',
  billingStarts: (on) => `La facturación empieza el ${on}.`,
  acceptBy: (until) => `Para aceptarlo, elija «Comprar ahora» en el portal de clientes a más tardar el ${until}.`,
  offer: 'Nuestra oferta',
  every: {
    month: (amount) => `Cada mes: ${amount}`,
    quarter: (amount) => `Cada trimestre: ${amount}`,
    year: (amount) => `Cada año: ${amount}`,
  },
  overContract: 'Todo el contrato',
  contractTotal: 'Total por la duración del contrato, sin impuestos',
  listPrice: (price) => `precio de catálogo ${price}`,
  discount: (rate) => `descuento del ${rate}`,
  awaitsActivation: 'se cobra desde el día en que se activa la línea',
  savings: { heading: 'Lo que ahorra', list: 'Precio de catálogo', quoted: 'Presupuesto', saved: 'Ahorro' },
  perProduct: 'Total por producto',
  firstInvoice: {
    heading: 'Su primera factura',
    dated: (on, due) => `Lleva fecha del ${on} y vence el ${due}.`,
    part: {
      heading: 'Lo que se añade a su factura',
      dated: (on, due) =>
        `Su factura del ${on}, que vence el ${due}, incluye estos importes además de sus otros cargos.`,
    },
    none: 'No se cobra nada antes de que se active una línea; la primera factura es la siguiente.',
    rates: (of) => `Los impuestos y tasas dependen de su dirección de facturación, con los tipos del ${of}.`,
    earlierRates: (of) =>
      `Los impuestos y tasas dependen de su dirección de facturación. Los de la fecha de la factura aún no se han publicado; se muestran los tipos del ${of}.`,
  },
  next: {
    heading: 'Qué ocurre si lo acepta',
    accept: (until) =>
      `Abra el presupuesto en el portal de clientes a más tardar el ${until}, compruebe la dirección de facturación, el método de pago y el contacto administrativo, acepte las condiciones y elija «Comprar ahora». Hasta entonces no hay ningún pedido.`,
    start: (on) => `No se cobra nada por el tiempo anterior al ${on}, tampoco las llamadas fuera del plan.`,
    renew: (w) =>
      `El contrato termina el ${w.endsOn}. Se renueva el ${w.renewsOn} por ${w.months} a los precios de este presupuesto, salvo que lo cancele a más tardar el ${w.cancelBy}.`,
    pay: {
      card: 'Las facturas se cargan en su método de pago o se pagan en el portal de clientes.',
      wire: 'Usted paga cada factura por transferencia.',
      cheque: 'Usted paga cada factura con cheque.',
    },
    extra: 'El consumo fuera del plan no forma parte de este presupuesto y se cobra según las tarifas vigentes.',
  },
  questions: 'Preguntas sobre este presupuesto',
  view: 'Ver y aceptar el presupuesto',
  mail: {
    offered: (w) => ({
      subject: `Presupuesto ${w.number}: ${w.amount}, válido hasta el ${w.validShort}`,
      heading: 'Ya tiene su presupuesto',
      paragraphs: [
        `Este es nuestro presupuesto ${w.number} por ${w.amount}, sin impuestos, para la duración del contrato. La facturación empieza el ${w.billingStart}.`,
        `Puede aceptarlo hasta el ${w.validUntil} en el portal de clientes. Mientras no elija «Comprar ahora» no hay ningún pedido.`,
      ],
    }),
    accepted: (w) => ({
      subject: `Presupuesto ${w.number} aceptado: facturación desde el ${w.startShort}`,
      heading: 'Gracias por su pedido',
      paragraphs: [
        `Ha aceptado nuestro presupuesto ${w.number} por ${w.amount}, sin impuestos, para la duración del contrato. La facturación empieza el ${w.billingStart}.`,
        'Si no ha pedido nada, avísenos de inmediato.',
      ],
    }),
    first: (amount, on) => `Su primera factura llevará fecha del ${on} y será de ${amount}, impuestos incluidos.`,
    firstPart: (amount, on) => `A su factura del ${on} se añade un importe de ${amount}, impuestos incluidos.`,
    viewAgain: 'Ver el presupuesto',
    why: 'Recibe este mensaje porque este presupuesto se ha preparado para usted.',
  },
};
