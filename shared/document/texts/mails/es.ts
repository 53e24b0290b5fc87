import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Estimado cliente ${name}:`,
  view: 'Ver la factura',
  pay: 'Pagar ahora',
  updateMethod: 'Cambiar la forma de pago',
  confirmPayment: 'Confirmar el pago',
  balance: 'Saldo pendiente',
  amountPaid: 'Importe pagado',
  attached: 'La factura se adjunta en PDF.',
  questions: (email, phone) => `¿Preguntas? Escriba a ${email} o llame al ${phone}.`,
  why: (account) =>
    `Recibe este mensaje porque esta dirección recibe el correo de facturación de la cuenta ${account}.`,
  invoice: (w) => ({
    subject: `Factura ${w.number}: ${w.amount}, vence el ${w.dueDate}`,
    heading: 'Su factura ya está aquí',
    paragraphs: [`Esta es su factura ${w.number} de ${w.month}.`],
  }),
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} de la factura ${w.invoiceNumber}`,
    heading: `Le hemos abonado ${w.amount}`,
    paragraphs: [`Con ${w.number} rectificamos la factura ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} se descuentan de lo que queda por pagar de esta factura.`,
    disputed: (amount) => `${amount} corresponden al importe que usted había reclamado; ya no tiene que pagarlo.`,
    writtenOff: (amount) => `${amount} ya se habían dado por perdidos y así quedan.`,
    credit: (amount) => `${amount} quedan como saldo a su favor y se descontarán de sus próximas facturas.`,
  },
  attachedPdf: 'Adjuntamos el documento en PDF.',
  notices: {
    'reminder-1': (w) => ({
      subject: `Recordatorio: factura ${w.number}, ${w.amount}, venció el ${w.dueDate}`,
      heading: 'Un amable recordatorio',
      paragraphs: [
        `Aún no hemos recibido el pago de la factura ${w.number}. El importe de ${w.amount} venció el ${w.dueDate}.`,
        'Si ha pagado en los últimos días, no tenga en cuenta este mensaje.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Segundo recordatorio: factura ${w.number}, ${w.amount}, venció el ${w.dueDate}`,
      heading: 'Su factura sigue pendiente',
      paragraphs: [
        `La factura ${w.number} sigue pendiente. El importe de ${w.amount} venció el ${w.dueDate}. Le rogamos que la pague ahora.`,
        'Si hay algún error en la factura, póngase en contacto con nosotros.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Último aviso: factura ${w.number}, ${w.amount}; suspensión el ${w.suspensionOn}`,
      heading: 'Último aviso antes de la suspensión',
      paragraphs: [
        `La factura ${w.number} de ${w.amount} venció el ${w.dueDate} y no se ha pagado.`,
        `Si no recibimos su pago, suspenderemos sus servicios el ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Último aviso: factura ${w.number}, ${w.amount}; traslado a Cuentas por cobrar el ${w.handOverOn}`,
      heading: 'Último aviso',
      paragraphs: [
        `La factura ${w.number} de ${w.amount} venció el ${w.dueDate} y no se ha pagado.`,
        `Si no recibimos su pago, nuestro equipo de Cuentas por cobrar se hará cargo el ${w.handOverOn}.`,
        `Acordará con usted el pago y el servicio; puede contactarlo ya: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Factura ${w.number}, ${w.amount}: póngase en contacto con Cuentas por cobrar`,
      heading: 'Póngase en contacto con Cuentas por cobrar',
      paragraphs: [
        `La factura ${w.number} de ${w.amount} venció el ${w.dueDate} y no se ha pagado.`,
        'Nuestro equipo de Cuentas por cobrar se ha hecho cargo y acordará con usted el pago y el servicio.',
        `Escriba a ${w.email} o llame al ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Sus servicios están suspendidos; saldo pendiente ${w.balance}`,
      heading: 'Sus servicios están suspendidos',
      paragraphs: [
        `Como hay facturas sin pagar, ${w.seller} ha suspendido sus servicios.`,
        `Se reactivarán automáticamente en cuanto se liquide por completo el saldo pendiente de ${w.balance}.`,
      ],
    }),
    reactivated: (w) => ({
      subject: 'Sus servicios vuelven a estar activos',
      heading: 'Sus servicios vuelven a estar activos',
      paragraphs: [
        'El saldo pendiente está liquidado y todos sus servicios funcionan de nuevo.',
        `${w.seller} le agradece su confianza.`,
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Pago fallido: factura ${w.number}, ${w.amount}`,
      heading: 'Su pago no se ha realizado',
      paragraphs: [
        `No hemos podido cargar ${w.amount} en ${w.method} por la factura ${w.number}.`,
        w.next.kind === 'retry'
          ? `Lo intentaremos de nuevo el ${w.next.on}. También puede pagar antes: con la misma tarjeta tras una hora, con otra de inmediato.`
          : 'No volveremos a intentarlo con esta forma de pago. Añada otra o pague en el portal de clientes.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Confirme su pago: factura ${w.number}, ${w.amount}`,
      heading: 'Confirme su pago',
      paragraphs: [
        `Su banco le pide que confirme el pago de ${w.amount} con ${w.method} por la factura ${w.number}.`,
        'Abra el portal de clientes, elija el pago y siga las instrucciones de su banco. Todavía no se ha cargado nada.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Pago devuelto: ${w.amount} de la factura ${w.number}`,
      heading: 'Su banco ha devuelto un pago',
      paragraphs: [
        `Su pago de ${w.amount} con ${w.method} de la factura ${w.number} había llegado y su banco lo ha devuelto. La factura vuelve a estar pendiente.`,
        w.next.kind === 'retry'
          ? `Lo intentaremos de nuevo el ${w.next.on}. También puede pagar antes en el portal.`
          : 'No volveremos a cargar esta cuenta. Pague en el portal o añada otro método de pago.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Su método de pago ${w.method} caduca en ${w.expires}`,
      heading: 'Un método de pago está a punto de caducar',
      paragraphs: [
        `${w.method} caduca a finales de ${w.expires}.`,
        'Añada a tiempo uno nuevo en el portal para que sus facturas sigan pagándose automáticamente.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Pago recibido: ${w.amount} por la factura ${w.number}`,
      heading: 'Gracias por su pago',
      paragraphs: [`Hemos recibido ${w.amount} por la factura ${w.number}.`],
    }),
  },
  steps: {
    heading: 'Qué puede hacer, en este orden',
    checkDetails:
      'Compruebe los datos de la tarjeta; el nombre y la dirección deben coincidir con los que tiene el emisor.',
    askIssuer: 'Pregunte al emisor de la tarjeta si el pago se ha bloqueado o se ha alcanzado el límite.',
    otherCard: 'Pruebe con otra tarjeta, preferiblemente de otro emisor.',
    authentication:
      'En la UE y el Reino Unido, su banco puede exigir una autenticación reforzada: introduzca de nuevo la tarjeta en la página de pago y siga sus instrucciones.',
    waitADay: 'Si la página indica que se ha agotado el número de intentos, espere 24 horas.',
    contactSupport: (email, phone) => `Si nada funciona, póngase en contacto con nosotros: ${email}, ${phone}.`,
  },
};
