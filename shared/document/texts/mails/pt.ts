import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Estimado cliente ${name},`,
  view: 'Ver a fatura',
  pay: 'Pagar agora',
  updateMethod: 'Alterar o método de pagamento',
  confirmPayment: 'Confirmar o pagamento',
  balance: 'Saldo por pagar',
  amountPaid: 'Montante pago',
  attached: 'A fatura segue em anexo em PDF.',
  questions: (email, phone) => `Perguntas? Escreva para ${email} ou ligue para ${phone}.`,
  why: (account) => `Recebe esta mensagem porque este endereço recebe o correio de faturação da conta ${account}.`,
  invoice: (w) => ({
    subject: `Fatura ${w.number}: ${w.amount}, vence a ${w.dueDate}`,
    heading: 'A sua fatura chegou',
    paragraphs: [`Esta é a sua fatura ${w.number} de ${w.month}.`],
  }),
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} da fatura ${w.invoiceNumber}`,
    heading: `Creditámos-lhe ${w.amount}`,
    paragraphs: [`Com ${w.number} corrigimos a fatura ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} são descontados do que falta pagar desta fatura.`,
    disputed: (amount) => `${amount} correspondem ao valor que tinha contestado e que já não tem de pagar.`,
    writtenOff: (amount) => `${amount} já tinham sido dados como perdidos e assim permanecem.`,
    credit: (amount) => `${amount} ficam como saldo a seu favor e serão descontados das próximas faturas.`,
  },
  attachedPdf: 'Segue em anexo o documento em PDF.',
  notices: {
    'reminder-1': (w) => ({
      subject: `Lembrete: fatura ${w.number}, ${w.amount}, venceu a ${w.dueDate}`,
      heading: 'Um simples lembrete',
      paragraphs: [
        `Ainda não recebemos o pagamento da fatura ${w.number}. O montante de ${w.amount} venceu a ${w.dueDate}.`,
        'Se pagou nos últimos dias, ignore esta mensagem.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Segundo lembrete: fatura ${w.number}, ${w.amount}, venceu a ${w.dueDate}`,
      heading: 'A sua fatura continua por pagar',
      paragraphs: [
        `A fatura ${w.number} continua em aberto. O montante de ${w.amount} venceu a ${w.dueDate}. Pague-a agora, por favor.`,
        'Se houver algum erro na fatura, contacte-nos.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Último aviso: fatura ${w.number}, ${w.amount}; suspensão a ${w.suspensionOn}`,
      heading: 'Último aviso antes da suspensão',
      paragraphs: [
        `A fatura ${w.number} de ${w.amount} venceu a ${w.dueDate} e não foi paga.`,
        `Se não recebermos o seu pagamento, suspenderemos os seus serviços a ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Último aviso: fatura ${w.number}, ${w.amount}; passagem às Contas a receber a ${w.handOverOn}`,
      heading: 'Último aviso',
      paragraphs: [
        `A fatura ${w.number} de ${w.amount} venceu a ${w.dueDate} e não foi paga.`,
        `Se não recebermos o seu pagamento, a nossa equipa de Contas a receber assume o processo a ${w.handOverOn}.`,
        `Combinará consigo o pagamento e o serviço; pode contactá-la desde já: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Fatura ${w.number}, ${w.amount}: contacte as Contas a receber`,
      heading: 'Contacte as Contas a receber',
      paragraphs: [
        `A fatura ${w.number} de ${w.amount} venceu a ${w.dueDate} e não foi paga.`,
        'A nossa equipa de Contas a receber assumiu o processo e combinará consigo o pagamento e o serviço.',
        `Escreva para ${w.email} ou ligue para ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Os seus serviços estão suspensos; saldo por pagar ${w.balance}`,
      heading: 'Os seus serviços estão suspensos',
      paragraphs: [
        `Como há faturas por pagar, a ${w.seller} suspendeu os seus serviços.`,
        `Serão reativados automaticamente assim que o saldo de ${w.balance} for pago na totalidade.`,
      ],
    }),
    reactivated: (w) => ({
      subject: 'Os seus serviços estão novamente ativos',
      heading: 'Os seus serviços estão novamente ativos',
      paragraphs: [
        'O saldo foi pago e todos os seus serviços voltaram a funcionar.',
        `A ${w.seller} agradece a sua confiança.`,
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Pagamento falhado: fatura ${w.number}, ${w.amount}`,
      heading: 'O seu pagamento não foi concluído',
      paragraphs: [
        `Não conseguimos cobrar ${w.amount} em ${w.method} pela fatura ${w.number}.`,
        w.next.kind === 'retry'
          ? `Tentaremos de novo a ${w.next.on}. Também pode pagar antes: com o mesmo cartão passada uma hora, com outro de imediato.`
          : 'Não voltaremos a tentar com este método de pagamento. Adicione outro ou pague no portal de clientes.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Confirme o seu pagamento: fatura ${w.number}, ${w.amount}`,
      heading: 'Confirme o seu pagamento',
      paragraphs: [
        `O seu banco pede-lhe que confirme o pagamento de ${w.amount} com ${w.method} pela fatura ${w.number}.`,
        'Abra o portal de clientes, escolha o pagamento e siga as instruções do seu banco. Ainda nada foi cobrado.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Pagamento devolvido: ${w.amount} da fatura ${w.number}`,
      heading: 'O seu banco devolveu um pagamento',
      paragraphs: [
        `O seu pagamento de ${w.amount} com ${w.method} da fatura ${w.number} tinha chegado e foi retirado pelo seu banco. A fatura está novamente por pagar.`,
        w.next.kind === 'retry'
          ? `Voltaremos a tentar em ${w.next.on}. Também pode pagar antes no portal.`
          : 'Não voltaremos a debitar esta conta. Pague no portal ou adicione outro método de pagamento.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `O seu método de pagamento ${w.method} expira em ${w.expires}`,
      heading: 'Um método de pagamento está prestes a expirar',
      paragraphs: [
        `${w.method} expira no fim de ${w.expires}.`,
        'Adicione a tempo um novo no portal, para que as suas faturas continuem a ser pagas automaticamente.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Pagamento recebido: ${w.amount} pela fatura ${w.number}`,
      heading: 'Obrigado pelo seu pagamento',
      paragraphs: [`Recebemos ${w.amount} pela fatura ${w.number}.`],
    }),
  },
  steps: {
    heading: 'O que pode fazer, por esta ordem',
    checkDetails:
      'Verifique os dados do cartão; o nome e a morada têm de coincidir com os que o emissor do cartão conhece.',
    askIssuer: 'Pergunte ao emissor do cartão se o pagamento foi bloqueado ou se o limite foi atingido.',
    otherCard: 'Experimente outro cartão, de preferência de outro emissor.',
    authentication:
      'Na UE e no Reino Unido, o seu banco pode exigir autenticação forte: introduza de novo o cartão na página de pagamento e siga as instruções.',
    waitADay: 'Se a página indicar que o número de tentativas se esgotou, aguarde 24 horas.',
    contactSupport: (email, phone) => `Se nada resultar, contacte-nos: ${email}, ${phone}.`,
  },
};
