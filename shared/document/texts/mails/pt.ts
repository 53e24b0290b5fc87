import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `À atenção de ${name},`,
  view: 'Ver a fatura',
  pay: 'Pagar agora',
  openPortal: 'Abrir o portal de clientes',
  updateMethod: 'Alterar o método de pagamento',
  confirmPayment: 'Confirmar o pagamento',
  toPay: 'Valor a pagar',
  balance: 'Saldo por pagar',
  amountPaid: 'Valor pago',
  attached: 'A fatura segue em anexo, em PDF.',
  attachedPdf: 'O documento segue em anexo, em PDF.',
  questions: (email, phone) => `Tem alguma pergunta? Escreva para ${email} ou ligue para ${phone}.`,
  why: (account) =>
    `Recebe esta mensagem porque o correio de faturação da conta ${account} é enviado para este endereço.`,
  invoice: {
    subject: (w) => `Fatura ${w.number}: ${w.amount}, vence a ${w.dueDate}`,
    settled: (w) => `Fatura ${w.number}: nada a pagar`,
    ofMonth: (month) => `A sua fatura de ${month}`,
    ofPurchase: (date) => `A fatura da sua compra de ${date}`,
  },
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} (${w.invoiceNumber})`,
    heading: `Creditámos-lhe ${w.amount}`,
    paragraphs: [`Com o documento ${w.number} corrigimos a fatura ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `Descontamos ${amount} do que lhe falta pagar desta fatura.`,
    disputed: (amount) => `Tinha contestado ${amount}; já não tem de pagar esse valor.`,
    writtenOff: (amount) => `O valor de ${amount} já tinha sido dado como incobrável e assim permanece.`,
    credit: (amount) => `Guardamos ${amount} como saldo a seu favor, a descontar nas próximas faturas.`,
  },
  notices: {
    'reminder-1': (w) => ({
      subject: `Lembrete: ${w.amount}, venceu a ${w.dueShort} (${w.number})`,
      heading: 'Um lembrete',
      paragraphs: [
        `O valor de ${w.amount} da fatura ${w.number} venceu a ${w.dueDate} e ainda não o recebemos.`,
        'Se pagou nos últimos dias, ignore esta mensagem, por favor.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Segundo lembrete: ${w.amount}, venceu a ${w.dueShort} (${w.number})`,
      heading: 'A sua fatura continua por pagar',
      paragraphs: [
        `O valor de ${w.amount} da fatura ${w.number} venceu a ${w.dueDate} e continua por pagar. Pedimos-lhe que o pague agora.`,
        'Se houver algum erro na fatura, contacte-nos.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Último aviso: ${w.amount}; suspensão a ${w.suspensionShort} (${w.number})`,
      heading: 'Último aviso antes da suspensão',
      paragraphs: [
        `O valor de ${w.amount} da fatura ${w.number} venceu a ${w.dueDate} e não foi pago.`,
        `Se não recebermos o seu pagamento, suspenderemos os seus serviços a ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Último aviso: pague ${w.amount} antes de ${w.handOverShort} (${w.number})`,
      heading: 'Último aviso',
      paragraphs: [
        `O valor de ${w.amount} da fatura ${w.number} venceu a ${w.dueDate} e não foi pago.`,
        `Se não recebermos o seu pagamento, o nosso departamento de cobranças assume o processo a ${w.handOverOn}.`,
        `Combinará consigo o pagamento e a continuidade do serviço. Pode contactá-lo desde já: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Contacte-nos, por favor: ${w.amount} por pagar (${w.number})`,
      heading: 'Contacte o departamento de cobranças',
      paragraphs: [
        `O valor de ${w.amount} da fatura ${w.number} venceu a ${w.dueDate} e não foi pago.`,
        'O nosso departamento de cobranças assumiu o processo e combinará consigo o pagamento e a continuidade do serviço.',
        `Escreva para ${w.email} ou ligue para ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Os seus serviços estão suspensos: ${w.balance} por pagar`,
      heading: 'Os seus serviços estão suspensos',
      paragraphs: [
        `Como há faturas por pagar, a ${w.seller} suspendeu os seus serviços.`,
        `Serão reativados automaticamente assim que o saldo de ${w.balance} for pago na totalidade.`,
      ],
    }),
    reactivated: () => ({
      subject: 'Os seus serviços estão novamente ativos',
      heading: 'Os seus serviços estão novamente ativos',
      paragraphs: [
        'Já não tem pagamentos em atraso e todos os seus serviços voltaram a funcionar.',
        'Agradecemos o seu pagamento.',
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Pagamento não concluído: fatura ${w.number}, ${w.amount}`,
      heading: 'O seu pagamento não foi concluído',
      paragraphs: [
        `Não foi possível efetuar o pagamento de ${w.amount} (${w.method}) da fatura ${w.number}.`,
        w.next.kind === 'retry'
          ? `Voltaremos a tentar a ${w.next.on}. Também pode pagar antes: com o mesmo método de pagamento passada uma hora, com outro de imediato.`
          : 'Não voltaremos a tentar com este método de pagamento. Adicione outro ou pague no portal de clientes.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Confirme o seu pagamento: fatura ${w.number}, ${w.amount}`,
      heading: 'Confirme o seu pagamento',
      paragraphs: [
        `O seu banco pede-lhe que confirme o pagamento de ${w.amount} (${w.method}) da fatura ${w.number}.`,
        'Abra o pagamento no portal de clientes e siga as instruções do seu banco. Ainda não foi cobrado nada.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Pagamento devolvido: ${w.amount} da fatura ${w.number}`,
      heading: 'O seu banco devolveu um pagamento',
      paragraphs: [
        `Tínhamos recebido o seu pagamento de ${w.amount} (${w.method}) da fatura ${w.number}, mas o seu banco devolveu-o. A fatura está novamente por pagar.`,
        w.next.kind === 'retry'
          ? `Voltaremos a tentar a ${w.next.on}. Também pode pagar antes no portal de clientes.`
          : 'Não voltaremos a debitar esta conta. Pague no portal de clientes ou adicione outro método de pagamento.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `O seu método de pagamento ${w.method} expira em ${w.expires}`,
      heading: 'Um método de pagamento está prestes a expirar',
      paragraphs: [
        `${w.method} expira no fim de ${w.expires}.`,
        'Adicione a tempo um novo no portal de clientes, para que as suas faturas continuem a ser pagas automaticamente.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Pagamento recebido: ${w.amount} pela fatura ${w.number}`,
      heading: 'Agradecemos o seu pagamento',
      paragraphs: [
        `Recebemos ${w.amount} pela fatura ${w.number}.`,
        ...(w.settled ? ['Não há mais nada a pagar.'] : []),
      ],
    }),
  },
  steps: {
    heading: 'O que pode fazer, por esta ordem',
    card: {
      checkDetails:
        'Verifique os dados do cartão: o nome e a morada têm de coincidir com os que o emissor do cartão conhece.',
      askIssuer: 'Pergunte ao emissor do cartão se o pagamento foi bloqueado ou se o limite foi atingido.',
      otherCard: 'Experimente outro cartão, de preferência de outro emissor.',
      authentication:
        'Na UE e no Reino Unido, o seu banco pode exigir autenticação forte: introduza de novo o cartão na página de pagamento e siga as instruções.',
    },
    debit: {
      checkDetails: 'Verifique os dados da conta e se tem saldo suficiente.',
      askBank: 'Pergunte ao seu banco se recusou o débito e porquê.',
      otherMethod: 'Experimente outro método de pagamento, por exemplo um cartão.',
    },
    waitADay: 'Se a página indicar que o número de tentativas se esgotou, aguarde 24 horas.',
    contactSupport: (email, phone) => `Se nada disto resultar, contacte-nos: ${email}, ${phone}.`,
  },
};
