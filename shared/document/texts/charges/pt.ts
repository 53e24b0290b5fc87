import type { ChargeTexts } from '../charge-texts.ts';

export const charges: ChargeTexts = {
  group: {
    'service-charge': 'Taxa de serviço',
    'standard-phone-numbers': 'Números de telefone padrão',
    prorated: 'Encargos proporcionais',
    'contact-center': 'Centro de contacto',
    rentals: 'Alugueres',
    purchases: 'Compras',
    'included-minutes': 'Minutos incluídos no plano',
    'domestic-premium': 'Minutos nacionais de valor acrescentado não incluídos',
    'outbound-overage': 'Minutos de saída além do plano',
    'toll-free-inbound': 'Números gratuitos (DID) – minutos de entrada',
    international: 'Números internacionais (DID) – minutos de saída',
    'sms-included': 'SMS incluídos no plano',
    'sms-overage': 'SMS além do plano',
    'state-local-fees': 'Encargos regulamentares estaduais e locais',
    'regulatory-recovery': 'Encargo de recuperação regulamentar',
    'canadian-regulatory': 'Encargos regulamentares federais e provinciais',
    'universal-service': 'Encargo de serviço universal',
  },
  about: {
    'included-minutes': 'Minutos utilizados dentro do seu plano, locais e interurbanos, sem custo adicional.',
    'domestic-premium':
      'Minutos de chamadas para números nacionais com prefixo de valor acrescentado, que nenhum plano inclui.',
    'outbound-overage':
      'Minutos de saída além dos do seu plano. As chamadas entre extensões contam como chamadas de saída.',
    'toll-free-inbound':
      'Minutos das chamadas recebidas nos seus números gratuitos. Os próprios números constam em Números de telefone padrão.',
    international:
      'Minutos de chamadas para países diferentes do da sua morada de faturação, à tarifa de cada destino.',
    'sms-included':
      'Créditos de mensagens utilizados dentro do seu plano, enviados e recebidos, sem custo adicional. Um crédito equivale a cerca de 160 carateres.',
    'sms-overage':
      'Créditos de mensagens além dos do seu plano, enviados e recebidos. Um crédito equivale a cerca de 160 carateres.',
    'state-local-fees':
      'Recuperam os impostos e taxas estaduais e locais que pagamos pelo serviço. São encargos nossos, não um imposto que lhe é cobrado, e variam com eles.',
    'regulatory-recovery':
      'Recupera parte dos nossos custos de conformidade regulamentar, de ligação à rede telefónica pública e de resposta a pedidos legais. Não é um imposto nem é exigido por qualquer autoridade pública.',
    'canadian-regulatory':
      'Sobretaxa habitual entre os operadores canadianos. Não é exigida por qualquer autoridade pública; a sua percentagem depende do serviço.',
    'universal-service':
      'Recupera as nossas contribuições para o fundo federal de serviço universal sobre o tráfego interestadual e internacional. A percentagem é fixada em cada trimestre.',
  },
  units: {
    device: ['dispositivo', 'dispositivos'],
    extension: ['extensão', 'extensões'],
    number: ['número', 'números'],
    licence: ['licença', 'licenças'],
    user: ['utilizador', 'utilizadores'],
    location: ['local', 'locais'],
    item: ['artigo', 'artigos'],
    circuit: ['linha', 'linhas'],
    minute: ['minuto', 'minutos'],
    credit: ['crédito', 'créditos'],
    month: ['mês', 'meses'],
  },
  usage: {
    names: {
      domestic: 'Minutos de saída',
      'toll-free-inbound': 'Minutos de entrada para números gratuitos',
      'domestic-premium': 'Minutos para números de valor acrescentado',
      international: 'Minutos internacionais',
      message: 'Créditos de mensagens',
    },
    used: (used, included) => `${used} de ${included} do seu plano`,
    beyond: (included) => `além do plano (${included})`,
    late: (month) => `consumo de ${month}, registado depois da fatura desse mês`,
  },
};
