import type { QuoteTexts } from '../quote-texts.ts';

export const pt: QuoteTexts = {
  title: 'Orçamento',
  from: 'Emitido por',
  preparedFor: 'Preparado para',
  date: 'Data',
  validUntil: 'Válido até',
  billingStart: 'Faturação desde',
  contractPeriod: 'Duração do contrato',
  renewal: 'Renovação em',
  months: (months) => (months === 1 ? '1 mês' : `${months} meses`),
  hero: 'Para a duração do contrato, sem impostos',
  billingStarts: (on) => `A faturação começa a ${on}.`,
  acceptBy: (until) => `Para aceitar, escolha «Comprar agora» no portal de clientes até ${until}.`,
  offer: 'A nossa oferta',
  every: {
    month: (amount) => `Todos os meses: ${amount}`,
    quarter: (amount) => `Todos os trimestres: ${amount}`,
    year: (amount) => `Todos os anos: ${amount}`,
  },
  overContract: 'Todo o contrato',
  contractTotal: 'Total para a duração do contrato, sem impostos',
  listPrice: (price) => `preço de tabela ${price}`,
  discount: (rate) => `desconto de ${rate}`,
  awaitsActivation: 'cobrado a partir do dia em que a linha é ativada',
  savings: { heading: 'Quanto poupa', list: 'Preço de tabela', quoted: 'Orçamento', saved: 'Poupança' },
  perProduct: 'Total por produto',
  firstInvoice: {
    heading: 'A sua primeira fatura',
    dated: (on, due) => `Tem a data de ${on} e vence a ${due}.`,
    part: {
      heading: 'O que acresce à sua fatura',
      dated: (on, due) =>
        `A sua fatura de ${on}, que vence a ${due}, inclui estes valores além dos seus outros encargos.`,
    },
    none: 'Nada é cobrado antes de uma linha ser ativada; a primeira fatura é a seguinte.',
    rates: (of) => `Os impostos e taxas dependem da sua morada de faturação, com as taxas de ${of}.`,
    earlierRates: (of) =>
      `Os impostos e taxas dependem da sua morada de faturação. Os da data da fatura ainda não foram publicados; são mostradas as taxas de ${of}.`,
  },
  next: {
    heading: 'O que acontece se aceitar',
    accept: (until) =>
      `Abra o orçamento no portal de clientes até ${until}, verifique a morada de faturação, o método de pagamento e o contacto administrativo, aceite as condições e escolha «Comprar agora». Até lá, nada fica encomendado.`,
    start: (on) => `Nada é cobrado pelo período anterior a ${on}, nem as chamadas fora do plano.`,
    renew: (w) =>
      `O contrato termina a ${w.endsOn}. Renova-se a ${w.renewsOn} por ${w.months} aos preços deste orçamento, salvo se o cancelar até ${w.cancelBy}.`,
    pay: {
      card: 'As faturas são cobradas no seu método de pagamento ou pagas no portal de clientes.',
      wire: 'Paga cada fatura por transferência bancária.',
      cheque: 'Paga cada fatura por cheque.',
    },
    extra: 'O consumo fora do plano não faz parte deste orçamento e é cobrado segundo as tarifas em vigor.',
  },
  questions: 'Perguntas sobre este orçamento',
  view: 'Ver e aceitar o orçamento',
  mail: {
    offered: (w) => ({
      subject: `Orçamento ${w.number}: ${w.amount}, válido até ${w.validShort}`,
      heading: 'O seu orçamento chegou',
      paragraphs: [
        `Este é o nosso orçamento ${w.number} de ${w.amount}, sem impostos, para a duração do contrato. A faturação começa a ${w.billingStart}.`,
        `Pode aceitá-lo até ${w.validUntil} no portal de clientes. Enquanto não escolher «Comprar agora», nada fica encomendado.`,
      ],
    }),
    accepted: (w) => ({
      subject: `Orçamento ${w.number} aceite: faturação a partir de ${w.startShort}`,
      heading: 'Agradecemos a sua encomenda',
      paragraphs: [
        `Aceitou o nosso orçamento ${w.number} de ${w.amount}, sem impostos, para a duração do contrato. A faturação começa a ${w.billingStart}.`,
        'Se não encomendou nada, avise-nos de imediato.',
      ],
    }),
    first: (amount, on) => `A sua primeira fatura terá a data de ${on} e será de ${amount}, impostos incluídos.`,
    firstPart: (amount, on) => `À sua fatura de ${on} acresce o valor de ${amount}, impostos incluídos.`,
    viewAgain: 'Ver o orçamento',
    why: 'Recebe esta mensagem porque este orçamento foi preparado para si.',
  },
};
