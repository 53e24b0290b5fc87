import { charges } from './charges/es.ts';
import type { Texts } from './texts.ts';

export const es: Texts = {
  document: {
    ...charges,
    title: { invoice: 'Factura', taxInvoice: 'Factura', vatInvoice: 'Factura' },
    from: 'Emisor',
    billedTo: 'Cliente',
    invoiceNumber: 'Número de factura',
    invoiceDate: 'Fecha de factura',
    dueDate: 'Vencimiento',
    billingPeriod: 'Periodo facturado',
    account: 'Cuenta',
    reference: 'Su referencia',
    currency: 'Moneda',
    amountDue: 'Importe a pagar',
    nextStep: {
      willCharge: (method, on) => `Cargaremos el importe en ${method} el ${on}. No tiene que hacer nada.`,
      willDebit: (method, on) => `Adeudaremos el importe el ${on} (${method}). No tiene que hacer nada.`,
      payInPortal: (by) => `Le rogamos que pague a más tardar el ${by} en el portal de clientes.`,
      payByWire: (by) => `Le rogamos que transfiera este importe a más tardar el ${by}.`,
      payByCheque: (by) => `Le rogamos que envíe un cheque por este importe a nuestra dirección a más tardar el ${by}.`,
      alsoUnpaid: (amount) => `Además, quedan pendientes ${amount} de facturas anteriores.`,
    },
    thisInvoice: 'Esta factura',
    subtotal: 'Subtotal sin impuestos',
    total: 'Total',
    yourAccount: 'Su cuenta',
    previousBalance: 'Saldo anterior',
    accountBalance: 'Saldo de la cuenta',
    received: 'Pagos y ajustes desde entonces',
    fromCredit: 'Pagado con su saldo a favor',
    summary: 'Sus cargos de un vistazo',
    otherCharges: 'Otros cargos',
    chart: {
      heading: 'Sus últimas seis facturas',
      alternative: (months) => `Gráfico de barras de los importes facturados: ${months}.`,
    },
    change: {
      heading: 'Qué ha cambiado',
      more: (amount, month) => `${amount} más que en ${month}.`,
      less: (amount, month) => `${amount} menos que en ${month}.`,
      same: (month) => `El mismo importe que en ${month}.`,
      price: 'precio',
      new: 'nuevo',
      gone: 'ya no se factura',
      others: 'Otros cambios',
    },
    payment: {
      heading: 'Pago',
      automatic: 'Pago automático',
      method: 'Forma de pago',
      iban: 'IBAN',
      bic: 'BIC',
      transferReference: 'Referencia del pago',
      payee: 'Beneficiario',
      slip: 'Resguardo de pago: indique la referencia',
      scanPortal: 'Ver y pagar en línea',
      scanTransfer: 'Pagar por transferencia',
      portalCode: (url) => `Código QR que lleva a ${url}.`,
      transferCode: (payee, amount, reference) =>
        `Código QR para una transferencia SEPA de ${amount} a ${payee}, referencia ${reference}.`,
    },
    charges: 'Detalle de los cargos',
    continued: (heading) => `${heading} (continuación)`,
    column: {
      description: 'Descripción',
      quantity: 'Cantidad',
      unitPrice: 'Precio unitario',
      tax: 'Impuesto',
      amount: 'Importe',
      rate: 'Tipo',
      base: 'Base imponible',
    },
    days: (days, of) => `${days} de ${of} días`,
    added: 'alta',
    removed: 'baja',
    taxSummary: 'Resumen de impuestos',
    taxes: { VAT: 'IVA', GST: 'GST', HST: 'HST', PST: 'PST', RST: 'RST', QST: 'QST' },
    exempt: 'exento',
    zeroRated: 'tipo cero',
    reverseCharge: {
      short: 'Inversión del sujeto pasivo',
      sentence: 'Inversión del sujeto pasivo: el IVA corre a cargo del destinatario.',
    },
    creditNote: {
      title: 'Nota de crédito',
      date: 'Fecha',
      invoice: 'Factura',
      credited: 'Importe abonado',
      corrects: (number, date) => `Rectifica la factura ${number} del ${date}, que no cambia.`,
      reason: 'Motivo',
      reasons: {
        'dispute-upheld': 'reclamación aceptada',
        'error-correction': 'error corregido',
        removal: 'servicio retirado',
      },
      details: 'Qué se abona',
      settled: {
        heading: 'Qué se hace con ello',
        due: 'Menos a pagar de la factura',
        disputed: 'Ya no reclamado',
        writtenOff: 'Menos dado por perdido',
        credit: 'Guardado para sus próximas facturas',
      },
    },
    questions: 'Preguntas sobre esta factura',
    dispute: {
      heading: 'Reclamaciones',
      sentence: (until) =>
        `Si no está de acuerdo con un cargo, comuníquelo en los 15 días siguientes a la fecha de la factura, a más tardar el ${until}.`,
    },
    accountsReceivable: 'Cuentas por cobrar',
    support: 'Atención al cliente',
    page: (page, pages) => `Página ${page} de ${pages}`,
  },
  mail: {
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
  },
};
