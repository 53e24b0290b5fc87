import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `A la atención de ${name}:`,
  view: 'Ver la factura',
  pay: 'Pagar ahora',
  openPortal: 'Abrir el portal de clientes',
  updateMethod: 'Cambiar el método de pago',
  confirmPayment: 'Confirmar el pago',
  toPay: 'Importe a pagar',
  balance: 'Saldo pendiente',
  amountPaid: 'Importe pagado',
  attached: 'Adjuntamos la factura en PDF.',
  attachedPdf: 'Adjuntamos el documento en PDF.',
  questions: (email, phone) => `¿Tiene alguna pregunta? Escriba a ${email} o llame al ${phone}.`,
  why: (account) =>
    `Recibe este mensaje porque el correo de facturación de la cuenta ${account} se envía a esta dirección.`,
  invoice: {
    subject: (w) => `Factura ${w.number}: ${w.amount}, vence el ${w.dueDate}`,
    settled: (w) => `Factura ${w.number}: nada que pagar`,
    ofMonth: (month) => `Su factura de ${month}`,
    ofPurchase: (date) => `La factura de su compra del ${date}`,
  },
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} (${w.invoiceNumber})`,
    heading: `Le hemos abonado ${w.amount}`,
    paragraphs: [`Con el documento ${w.number} rectificamos la factura ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `Descontamos ${amount} de lo que le queda por pagar de esta factura.`,
    disputed: (amount) => `Había reclamado ${amount}; ya no tiene que pagar ese importe.`,
    writtenOff: (amount) => `El importe de ${amount} ya se había dado por incobrable y así queda.`,
    credit: (amount) => `Guardamos ${amount} como saldo a su favor y lo descontaremos de sus próximas facturas.`,
  },
  notices: {
    'reminder-1': (w) => ({
      subject: `Recordatorio: ${w.amount}, venció el ${w.dueShort} (${w.number})`,
      heading: 'Un recordatorio',
      paragraphs: [
        `El importe de ${w.amount} de la factura ${w.number} venció el ${w.dueDate} y aún no lo hemos recibido.`,
        'Si ha pagado en los últimos días, no tenga en cuenta este mensaje.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Segundo recordatorio: ${w.amount}, venció el ${w.dueShort} (${w.number})`,
      heading: 'Su factura sigue pendiente',
      paragraphs: [
        `El importe de ${w.amount} de la factura ${w.number} venció el ${w.dueDate} y sigue pendiente. Le rogamos que lo pague ahora.`,
        'Si hay algún error en la factura, póngase en contacto con nosotros.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Último aviso: ${w.amount}; suspensión el ${w.suspensionShort} (${w.number})`,
      heading: 'Último aviso antes de la suspensión',
      paragraphs: [
        `El importe de ${w.amount} de la factura ${w.number} venció el ${w.dueDate} y no se ha pagado.`,
        `Si no recibimos su pago, suspenderemos sus servicios el ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Último aviso: pague ${w.amount} antes del ${w.handOverShort} (${w.number})`,
      heading: 'Último aviso',
      paragraphs: [
        `El importe de ${w.amount} de la factura ${w.number} venció el ${w.dueDate} y no se ha pagado.`,
        `Si no recibimos su pago, nuestro departamento de cobros se hará cargo el ${w.handOverOn}.`,
        `Acordará con usted el pago y la continuidad del servicio. Puede contactar con él desde ahora: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Póngase en contacto con nosotros: ${w.amount} por pagar (${w.number})`,
      heading: 'Póngase en contacto con el departamento de cobros',
      paragraphs: [
        `El importe de ${w.amount} de la factura ${w.number} venció el ${w.dueDate} y no se ha pagado.`,
        'Nuestro departamento de cobros se ha hecho cargo y acordará con usted el pago y la continuidad del servicio.',
        `Escriba a ${w.email} o llame al ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Sus servicios están suspendidos: saldo pendiente de ${w.balance}`,
      heading: 'Sus servicios están suspendidos',
      paragraphs: [
        `Como hay facturas sin pagar, ${w.seller} ha suspendido sus servicios.`,
        `Se reactivarán automáticamente en cuanto se pague por completo el saldo pendiente de ${w.balance}.`,
      ],
    }),
    reactivated: () => ({
      subject: 'Sus servicios vuelven a estar activos',
      heading: 'Sus servicios vuelven a estar activos',
      paragraphs: ['Ya no tiene pagos vencidos y todos sus servicios funcionan de nuevo.', 'Gracias por su pago.'],
    }),
    'payment-failed': (w) => ({
      subject: `Pago no realizado: factura ${w.number}, ${w.amount}`,
      heading: 'No se ha podido realizar su pago',
      paragraphs: [
        `No se ha podido realizar el pago de ${w.amount} (${w.method}) de la factura ${w.number}.`,
        w.next.kind === 'retry'
          ? `Lo intentaremos de nuevo el ${w.next.on}. También puede pagar antes: con el mismo método de pago al cabo de una hora, con otro de inmediato.`
          : 'No volveremos a intentarlo con este método de pago. Añada otro o pague en el portal de clientes.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Confirme su pago: factura ${w.number}, ${w.amount}`,
      heading: 'Confirme su pago',
      paragraphs: [
        `Su banco le pide que confirme el pago de ${w.amount} (${w.method}) de la factura ${w.number}.`,
        'Abra el pago en el portal de clientes y siga las instrucciones de su banco. Todavía no se ha cargado nada.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Pago devuelto: ${w.amount} de la factura ${w.number}`,
      heading: 'Su banco ha devuelto un pago',
      paragraphs: [
        `Habíamos recibido su pago de ${w.amount} (${w.method}) de la factura ${w.number}, pero su banco lo ha devuelto. La factura vuelve a estar pendiente.`,
        w.next.kind === 'retry'
          ? `Lo intentaremos de nuevo el ${w.next.on}. También puede pagar antes en el portal de clientes.`
          : 'No volveremos a cargar nada en esta cuenta. Pague en el portal de clientes o añada otro método de pago.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Su método de pago ${w.method} caduca en ${w.expires}`,
      heading: 'Un método de pago está a punto de caducar',
      paragraphs: [
        `${w.method} caduca a finales de ${w.expires}.`,
        'Añada a tiempo uno nuevo en el portal de clientes para que sus facturas se sigan pagando automáticamente.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Pago recibido: ${w.amount} por la factura ${w.number}`,
      heading: 'Gracias por su pago',
      paragraphs: [
        `Hemos recibido ${w.amount} por la factura ${w.number}.`,
        ...(w.settled ? ['No queda nada por pagar.'] : []),
      ],
    }),
  },
  steps: {
    heading: 'Qué puede hacer, en este orden',
    card: {
      checkDetails:
        'Compruebe los datos de la tarjeta: el nombre y la dirección deben coincidir con los que tiene el emisor.',
      askIssuer: 'Pregunte al emisor de la tarjeta si el pago se ha bloqueado o si ha alcanzado su límite.',
      otherCard: 'Pruebe con otra tarjeta, preferiblemente de otro emisor.',
      authentication:
        'En la UE y el Reino Unido, su banco puede exigir una autenticación reforzada: introduzca de nuevo la tarjeta en la página de pago y siga las instrucciones de su banco.',
    },
    debit: {
      checkDetails: 'Compruebe los datos de la cuenta y que tenga saldo suficiente.',
      askBank: 'Pregunte a su banco si ha rechazado el adeudo y por qué.',
      otherMethod: 'Pruebe con otro método de pago, por ejemplo una tarjeta.',
    },
    waitADay: 'Si la página indica que se ha agotado el número de intentos, espere 24 horas.',
    contactSupport: (email, phone) => `Si nada de esto funciona, póngase en contacto con nosotros: ${email}, ${phone}.`,
  },
};
