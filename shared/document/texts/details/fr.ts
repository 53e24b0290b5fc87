import type { DetailsTexts } from '../details-texts.ts';

export const details: DetailsTexts = {
  heading: 'Appels et messages',
  column: { when: 'Date et heure', number: 'Numéro', kind: 'Type', amount: 'Durée, crédits' },
  price: (currency) => `Prix (${currency})`,
  kinds: {
    domestic: 'National',
    internal: 'Interne',
    'toll-free-inbound': 'Vers votre numéro sans frais',
    'domestic-premium': 'Numéro surtaxé',
  },
  sent: 'Message envoyé',
  received: 'Message reçu',
  included: 'inclus',
  partly: (amount) => `dont ${amount} inclus`,
  withheld: 'numéro masqué',
  extension: (number) => `Poste ${number}`,
  subtotal: 'Sous-total',
  total: 'Tous les appels et messages',
  calls: ['appel', 'appels'],
  messages: ['message', 'messages'],
  notes: {
    times: (timeZone) => `Les heures sont indiquées en heure locale (${timeZone}).`,
    free: 'Les appels gratuits ne figurent pas dans cette liste.',
    exact:
      'Les prix unitaires sont affichés avec quatre décimales. Leur somme exacte correspond aux frais d’utilisation ci-dessus, arrondis chacun une seule fois ; taxes et frais en sus.',
    masked: (digits) => `Les ${digits} derniers chiffres des numéros de vos correspondants sont masqués.`,
    tooMany: (most) =>
      `Cette facture compte plus de ${most} appels et messages, trop pour être imprimés. Notre assistance vous en envoie la liste.`,
  },
};
