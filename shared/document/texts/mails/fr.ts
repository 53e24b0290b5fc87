import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Bonjour ${name},`,
  view: 'Voir la facture',
  pay: 'Payer maintenant',
  updateMethod: 'Modifier le moyen de paiement',
  confirmPayment: 'Confirmer le paiement',
  balance: 'Solde impayé',
  amountPaid: 'Montant payé',
  attached: 'La facture est jointe au format PDF.',
  questions: (email, phone) => `Des questions ? Écrivez à ${email} ou appelez le ${phone}.`,
  why: (account) =>
    `Vous recevez ce message, car cette adresse reçoit les courriers de facturation du compte ${account}.`,
  invoice: (w) => ({
    subject: `Facture ${w.number} : ${w.amount}, échéance le ${w.dueDate}`,
    heading: 'Votre facture est arrivée',
    paragraphs: [`Voici votre facture ${w.number} pour ${w.month}.`],
  }),
  creditNote: (w) => ({
    subject: `${w.title} ${w.number} : ${w.amount} sur la facture ${w.invoiceNumber}`,
    heading: `Nous vous avons crédité ${w.amount}`,
    paragraphs: [`Par ${w.number}, nous rectifions la facture ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} sont déduits du montant restant à payer sur cette facture.`,
    disputed: (amount) => `${amount} correspondent à la somme que vous contestiez : vous n’avez plus à la payer.`,
    writtenOff: (amount) => `${amount} avaient déjà été passés en perte et le restent.`,
    credit: (amount) => `${amount} restent à votre crédit et seront déduits de vos prochaines factures.`,
  },
  attachedPdf: 'Le document est joint au format PDF.',
  notices: {
    'reminder-1': (w) => ({
      subject: `Rappel : facture ${w.number}, ${w.amount}, échue le ${w.dueDate}`,
      heading: 'Petit rappel',
      paragraphs: [
        `Nous n’avons pas encore reçu de paiement pour la facture ${w.number}. ${w.amount} étaient à payer au plus tard le ${w.dueDate}.`,
        'Si vous avez payé ces derniers jours, merci de ne pas tenir compte de ce message.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Deuxième rappel : facture ${w.number}, ${w.amount}, échue le ${w.dueDate}`,
      heading: 'Votre facture reste impayée',
      paragraphs: [
        `La facture ${w.number} reste ouverte. ${w.amount} étaient à payer au plus tard le ${w.dueDate}. Merci de la régler maintenant.`,
        'Si la facture comporte une erreur, contactez-nous.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Dernier avis : facture ${w.number}, ${w.amount} ; suspension le ${w.suspensionOn}`,
      heading: 'Dernier avis avant suspension',
      paragraphs: [
        `La facture ${w.number} d’un montant de ${w.amount} était à payer au plus tard le ${w.dueDate} et reste impayée.`,
        `Sans paiement de votre part, nous suspendrons vos services le ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Dernier avis : facture ${w.number}, ${w.amount} ; transmission à la comptabilité clients le ${w.handOverOn}`,
      heading: 'Dernier avis',
      paragraphs: [
        `La facture ${w.number} d’un montant de ${w.amount} était à payer au plus tard le ${w.dueDate} et reste impayée.`,
        `Sans paiement de votre part, notre comptabilité clients reprendra le dossier le ${w.handOverOn}.`,
        `Elle conviendra avec vous du paiement et du service ; vous pouvez la joindre dès maintenant : ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Facture ${w.number}, ${w.amount} : veuillez contacter la comptabilité clients`,
      heading: 'Veuillez contacter la comptabilité clients',
      paragraphs: [
        `La facture ${w.number} d’un montant de ${w.amount} était à payer au plus tard le ${w.dueDate} et reste impayée.`,
        'Notre comptabilité clients a repris le dossier et conviendra avec vous du paiement et du service.',
        `Veuillez écrire à ${w.email} ou appeler le ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Vos services sont suspendus ; solde impayé ${w.balance}`,
      heading: 'Vos services sont suspendus',
      paragraphs: [
        `Des factures étant impayées, ${w.seller} a suspendu vos services.`,
        `Ils seront rétablis automatiquement dès que le solde impayé de ${w.balance} sera entièrement réglé.`,
      ],
    }),
    reactivated: (w) => ({
      subject: 'Vos services sont rétablis',
      heading: 'Vos services sont rétablis',
      paragraphs: [
        'Votre solde impayé est réglé et tous vos services fonctionnent de nouveau.',
        `${w.seller} vous remercie de votre fidélité.`,
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Échec du paiement : facture ${w.number}, ${w.amount}`,
      heading: 'Votre paiement n’a pas abouti',
      paragraphs: [
        `Nous n’avons pas pu débiter ${w.amount} (${w.method}) pour la facture ${w.number}.`,
        w.next.kind === 'retry'
          ? `Nous réessaierons le ${w.next.on}. Vous pouvez aussi payer plus tôt : la même carte est utilisable après une heure, une autre tout de suite.`
          : 'Nous ne réessaierons pas ce moyen de paiement. Merci d’en ajouter un autre ou de payer dans l’espace client.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Merci de confirmer votre paiement : facture ${w.number}, ${w.amount}`,
      heading: 'Merci de confirmer votre paiement',
      paragraphs: [
        `Votre banque vous demande de confirmer le paiement de ${w.amount} (${w.method}) pour la facture ${w.number}.`,
        'Ouvrez l’espace client, choisissez le paiement et suivez les instructions de votre banque. Rien n’a encore été débité.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Paiement retourné : ${w.amount} pour la facture ${w.number}`,
      heading: 'Votre banque a retourné un paiement',
      paragraphs: [
        `Votre paiement de ${w.amount} par ${w.method} pour la facture ${w.number} nous était parvenu et a été repris par votre banque. La facture est de nouveau impayée.`,
        w.next.kind === 'retry'
          ? `Nous réessaierons le ${w.next.on}. Vous pouvez aussi payer plus tôt sur le portail.`
          : 'Nous ne débiterons plus ce compte. Veuillez payer sur le portail ou ajouter un autre moyen de paiement.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Votre moyen de paiement ${w.method} expire en ${w.expires}`,
      heading: 'Un moyen de paiement arrive à expiration',
      paragraphs: [
        `${w.method} expire à la fin de ${w.expires}.`,
        'Veuillez en ajouter un nouveau à temps sur le portail, afin que vos factures continuent d’être payées automatiquement.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Paiement reçu : ${w.amount} pour la facture ${w.number}`,
      heading: 'Merci de votre paiement',
      paragraphs: [`Nous avons bien reçu ${w.amount} pour la facture ${w.number}.`],
    }),
  },
  steps: {
    heading: 'Ce que vous pouvez faire, dans cet ordre',
    checkDetails:
      'Vérifiez les données de la carte ; le nom et l’adresse doivent être ceux que connaît l’émetteur de la carte.',
    askIssuer: 'Demandez à l’émetteur de la carte si le paiement a été bloqué ou le plafond atteint.',
    otherCard: 'Essayez une autre carte, de préférence d’un autre émetteur.',
    authentication:
      'Dans l’UE et au Royaume-Uni, votre banque peut exiger une authentification forte : saisissez de nouveau la carte sur la page de paiement et suivez ses instructions.',
    waitADay: 'Si la page indique que le nombre de tentatives est épuisé, attendez 24 heures.',
    contactSupport: (email, phone) => `Si rien n’y fait, contactez-nous : ${email}, ${phone}.`,
  },
};
