import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Bonjour ${name},`,
  view: 'Voir la facture',
  pay: 'Payer maintenant',
  openPortal: 'Ouvrir l’espace client',
  updateMethod: 'Modifier le moyen de paiement',
  confirmPayment: 'Confirmer le paiement',
  toPay: 'Montant à payer',
  balance: 'Solde impayé',
  amountPaid: 'Montant payé',
  attached: 'La facture est jointe au format PDF.',
  attachedPdf: 'Le document est joint au format PDF.',
  questions: (email, phone) => `Des questions ? Écrivez à ${email} ou appelez le ${phone}.`,
  why: (account) =>
    `Vous recevez ce message parce que cette adresse reçoit les courriers de facturation du compte ${account}.`,
  invoice: {
    subject: (w) => `Facture ${w.number} : ${w.amount}, échéance le ${w.dueDate}`,
    settled: (w) => `Facture ${w.number} : rien à payer`,
    ofMonth: (month) => `Votre facture de ${month}`.replace(/de (?=[ao])/, 'd’'),
    ofPurchase: (date) => `La facture de votre achat du ${date}`,
  },
  creditNote: (w) => ({
    subject: `${w.title} ${w.number} : ${w.amount} (${w.invoiceNumber})`,
    heading: `Nous vous avons crédité de ${w.amount}`,
    paragraphs: [`Le document ${w.number} rectifie la facture ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `Cette somme de ${amount} est déduite de ce qu’il vous reste à payer sur cette facture.`,
    disputed: (amount) => `Vous contestiez ${amount} : vous n’avez plus à payer cette somme.`,
    writtenOff: (amount) => `Une somme de ${amount} avait déjà été passée en perte et ne vous est plus réclamée.`,
    credit: (amount) => `Une somme de ${amount} reste à votre crédit et sera déduite de vos prochaines factures.`,
  },
  notices: {
    'reminder-1': (w) => ({
      subject: `Rappel : ${w.amount}, échéance le ${w.dueShort} (${w.number})`,
      heading: 'Un petit rappel',
      paragraphs: [
        `Le montant de ${w.amount} de la facture ${w.number} était à payer au plus tard le ${w.dueDate} et nous ne l’avons pas encore reçu.`,
        'Si vous avez payé ces derniers jours, merci de ne pas tenir compte de ce message.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Deuxième rappel : ${w.amount}, échéance le ${w.dueShort} (${w.number})`,
      heading: 'Votre facture reste impayée',
      paragraphs: [
        `Le montant de ${w.amount} de la facture ${w.number} était à payer au plus tard le ${w.dueDate} et reste impayé. Merci de le régler dès maintenant.`,
        'Si la facture comporte une erreur, n’hésitez pas à nous contacter.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Dernier avis : ${w.amount} ; suspension le ${w.suspensionShort} (${w.number})`,
      heading: 'Dernier avis avant suspension',
      paragraphs: [
        `Le montant de ${w.amount} de la facture ${w.number} était à payer au plus tard le ${w.dueDate} et reste impayé.`,
        `Sans paiement de votre part, nous suspendrons vos services le ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Dernier avis : ${w.amount} à payer avant le ${w.handOverShort} (${w.number})`,
      heading: 'Dernier avis',
      paragraphs: [
        `Le montant de ${w.amount} de la facture ${w.number} était à payer au plus tard le ${w.dueDate} et reste impayé.`,
        `Sans paiement de votre part, notre comptabilité clients reprendra le dossier le ${w.handOverOn}.`,
        `Elle conviendra avec vous du paiement et du maintien de vos services. Vous pouvez la joindre dès maintenant : ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Merci de nous contacter : solde de ${w.amount} à régler (${w.number})`,
      heading: 'Merci de contacter la comptabilité clients',
      paragraphs: [
        `Le montant de ${w.amount} de la facture ${w.number} était à payer au plus tard le ${w.dueDate} et reste impayé.`,
        'Notre comptabilité clients a repris le dossier et conviendra avec vous du paiement et du maintien de vos services.',
        `Merci d’écrire à ${w.email} ou d’appeler le ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Vos services sont suspendus : solde impayé de ${w.balance}`,
      heading: 'Vos services sont suspendus',
      paragraphs: [
        `Des factures étant impayées, ${w.seller} a suspendu vos services.`,
        `Ils seront rétablis automatiquement dès que le solde impayé de ${w.balance} sera entièrement réglé.`,
      ],
    }),
    reactivated: () => ({
      subject: 'Vos services sont rétablis',
      heading: 'Vos services sont rétablis',
      paragraphs: [
        'Plus aucune facture n’est en retard de paiement et tous vos services fonctionnent de nouveau.',
        'Nous vous remercions de votre paiement.',
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Échec du paiement : facture ${w.number}, ${w.amount}`,
      heading: 'Votre paiement n’a pas abouti',
      paragraphs: [
        `Le paiement de ${w.amount} (${w.method}) pour la facture ${w.number} n’a pas pu être effectué.`,
        w.next.kind === 'retry'
          ? `Nous réessaierons le ${w.next.on}. Vous pouvez aussi payer plus tôt : avec le même moyen de paiement après une heure, avec un autre tout de suite.`
          : 'Nous n’essaierons plus ce moyen de paiement. Merci d’en ajouter un autre ou de payer dans l’espace client.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Merci de confirmer votre paiement : facture ${w.number}, ${w.amount}`,
      heading: 'Merci de confirmer votre paiement',
      paragraphs: [
        `Votre banque vous demande de confirmer le paiement de ${w.amount} (${w.method}) pour la facture ${w.number}.`,
        'Ouvrez le paiement dans l’espace client et suivez les instructions de votre banque. Rien n’a encore été débité.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Paiement rejeté : ${w.amount} pour la facture ${w.number}`,
      heading: 'Votre banque a rejeté un paiement',
      paragraphs: [
        `Nous avions reçu votre paiement de ${w.amount} (${w.method}) pour la facture ${w.number}, mais votre banque l’a rejeté par la suite. La facture est de nouveau impayée.`,
        w.next.kind === 'retry'
          ? `Nous réessaierons le ${w.next.on}. Vous pouvez aussi payer plus tôt dans l’espace client.`
          : 'Nous ne débiterons plus ce compte. Merci de payer dans l’espace client ou d’ajouter un autre moyen de paiement.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Votre moyen de paiement ${w.method} expire en ${w.expires}`,
      heading: 'Un moyen de paiement arrive à expiration',
      paragraphs: [
        `${w.method} expire fin ${w.expires}.`,
        'Pensez à en ajouter un nouveau à temps dans l’espace client, afin que vos factures continuent d’être payées automatiquement.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Paiement reçu : ${w.amount} pour la facture ${w.number}`,
      heading: 'Merci de votre paiement',
      paragraphs: [
        `Nous avons bien reçu ${w.amount} pour la facture ${w.number}.`,
        ...(w.settled ? ['Il ne reste rien à payer.'] : []),
      ],
    }),
  },
  steps: {
    heading: 'Ce que vous pouvez faire, dans cet ordre',
    card: {
      checkDetails:
        'Vérifiez les données de la carte : le nom et l’adresse doivent être ceux que connaît l’émetteur de la carte.',
      askIssuer: 'Demandez à l’émetteur de la carte si le paiement a été bloqué ou si votre plafond est atteint.',
      otherCard: 'Essayez une autre carte, de préférence d’un autre émetteur.',
      authentication:
        'Dans l’UE et au Royaume-Uni, votre banque peut exiger une authentification forte : saisissez de nouveau la carte sur la page de paiement et suivez les instructions de votre banque.',
    },
    debit: {
      checkDetails: 'Vérifiez les coordonnées bancaires et la provision du compte.',
      askBank: 'Demandez à votre banque si elle a refusé le prélèvement et pourquoi.',
      otherMethod: 'Essayez un autre moyen de paiement, par exemple une carte.',
    },
    waitADay: 'Si la page indique que le nombre de tentatives est épuisé, attendez 24 heures.',
    contactSupport: (email, phone) => `Si rien n’y fait, contactez-nous : ${email}, ${phone}.`,
  },
};
