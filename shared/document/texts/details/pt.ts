import type { DetailsTexts } from '../details-texts.ts';

export const details: DetailsTexts = {
  heading: 'Chamadas e mensagens',
  column: { when: 'Data e hora', number: 'Número', kind: 'Tipo', amount: 'Duração, créditos' },
  price: (currency) => `Preço (${currency})`,
  kinds: {
    domestic: 'Nacional',
    internal: 'Interna',
    'toll-free-inbound': 'Para o seu número gratuito',
    'domestic-premium': 'Valor acrescentado',
  },
  sent: 'Mensagem enviada',
  received: 'Mensagem recebida',
  included: 'no plano',
  partly: (amount) => `no plano: ${amount}`,
  withheld: 'número oculto',
  extension: (number) => `Extensão ${number}`,
  subtotal: 'Subtotal',
  total: 'Todas as chamadas e mensagens',
  calls: ['chamada', 'chamadas'],
  messages: ['mensagem', 'mensagens'],
  notes: {
    times: (timeZone) => `As horas correspondem à hora local (${timeZone}).`,
    free: 'As chamadas gratuitas não constam da lista.',
    exact:
      'Os preços são apresentados com quatro casas decimais. A sua soma exata corresponde aos encargos de utilização acima, arredondados uma só vez cada um; impostos e taxas à parte.',
    masked: (digits) => `São omitidos os últimos ${digits} algarismos dos números dos seus interlocutores.`,
    tooMany: (most) =>
      `Esta fatura inclui mais de ${most} chamadas e mensagens, demasiadas para imprimir. O nosso apoio ao cliente envia-lhe a lista.`,
  },
};
