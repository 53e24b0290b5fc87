import type { QuoteTexts } from '../quote-texts.ts';

export const fr: QuoteTexts = {
  title: 'Devis',
  from: 'Émetteur',
  preparedFor: 'Établi pour',
  date: 'Date',
  validUntil: 'Valable jusqu’au',
  billingStart: 'Début de facturation',
  contractPeriod: 'Durée du contrat',
  renewal: 'Renouvellement le',
  months: (months) => `${months} mois`,
  hero: 'Pour la durée du contrat, hors taxes',
  billingStarts: (on) => `La facturation commence le ${on}.`,
  acceptBy: (until) => `Pour l’accepter, choisissez « Acheter » dans l’espace client au plus tard le ${until}.`,
  offer: 'Notre offre',
  every: {
    month: (amount) => `Chaque mois : ${amount}`,
    quarter: (amount) => `Chaque trimestre : ${amount}`,
    year: (amount) => `Chaque année : ${amount}`,
  },
  overContract: 'Durée du contrat',
  contractTotal: 'Total pour la durée du contrat, hors taxes',
  listPrice: (price) => `prix catalogue ${price}`,
  discount: (rate) => `remise de ${rate}`,
  awaitsActivation: 'facturé à partir du jour de l’activation de la ligne',
  savings: { heading: 'Ce que vous économisez', list: 'Prix catalogue', quoted: 'Ce devis', saved: 'Économie' },
  perProduct: 'Total par produit',
  firstInvoice: {
    heading: 'Votre première facture',
    dated: (on, due) => `Elle est datée du ${on} et payable au plus tard le ${due}.`,
    part: {
      heading: 'Ce qui s’ajoute à votre facture',
      dated: (on, due) =>
        `Votre facture du ${on}, payable au plus tard le ${due}, comprend ces montants en plus de vos autres frais.`,
    },
    none: 'Rien n’est facturé avant l’activation d’une ligne ; la première facture est celle qui la suit.',
    rates: (of) => `Les taxes et frais dépendent de votre adresse de facturation, aux taux du ${of}.`,
    earlierRates: (of) =>
      `Les taxes et frais dépendent de votre adresse de facturation. Ceux de la date de facture ne sont pas encore publiés ; les taux indiqués sont ceux du ${of}.`,
  },
  next: {
    heading: 'Ce qui se passe si vous acceptez',
    accept: (until) =>
      `Ouvrez le devis dans l’espace client au plus tard le ${until}, vérifiez l’adresse de facturation, le moyen de paiement et le contact administratif, acceptez les conditions et choisissez « Acheter ». D’ici là, rien n’est commandé.`,
    start: (on) => `Rien n’est facturé pour la période avant le ${on}, pas même les appels hors forfait.`,
    renew: (w) =>
      `Le contrat prend fin le ${w.endsOn}. Il se renouvelle le ${w.renewsOn} pour ${w.months} aux prix de ce devis, sauf résiliation de votre part au plus tard le ${w.cancelBy}.`,
    pay: {
      card: 'Les factures sont débitées de votre moyen de paiement ou réglées dans l’espace client.',
      wire: 'Vous réglez chaque facture par virement.',
      cheque: 'Vous réglez chaque facture par chèque.',
    },
    extra: 'Les consommations hors forfait ne font pas partie de ce devis et sont facturées aux tarifs en vigueur.',
  },
  questions: 'Questions sur ce devis',
  view: 'Voir et accepter le devis',
  mail: {
    offered: (w) => ({
      subject: `Devis ${w.number} : ${w.amount}, valable jusqu’au ${w.validShort}`,
      heading: 'Votre devis est arrivé',
      paragraphs: [
        `Voici notre devis ${w.number} d’un montant de ${w.amount} hors taxes pour la durée du contrat. La facturation commence le ${w.billingStart}.`,
        `Vous pouvez l’accepter jusqu’au ${w.validUntil} dans l’espace client. Rien n’est commandé tant que vous n’avez pas choisi « Acheter ».`,
      ],
    }),
    accepted: (w) => ({
      subject: `Devis ${w.number} accepté : facturation à partir du ${w.startShort}`,
      heading: 'Merci pour votre commande',
      paragraphs: [
        `Vous avez accepté notre devis ${w.number} d’un montant de ${w.amount} hors taxes pour la durée du contrat. La facturation commence le ${w.billingStart}.`,
        'Si vous n’avez rien commandé, prévenez-nous sans attendre.',
      ],
    }),
    first: (amount, on) => `Votre première facture sera datée du ${on} et s’élèvera à ${amount}, taxes comprises.`,
    firstPart: (amount, on) => `Votre facture du ${on} augmentera de ${amount}, taxes comprises.`,
    viewAgain: 'Voir le devis',
    why: 'Vous recevez ce message parce que ce devis a été établi pour vous.',
  },
};
