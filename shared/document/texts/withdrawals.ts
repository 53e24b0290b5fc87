import type { Language } from '../../domain/account.ts';
import { il } from './italian.ts';

/** What the mail says that confirms that a cancellation was taken back. Dates are formatted already. */
interface WithdrawalTexts {
  readonly subject: (product: string) => string;
  readonly heading: string;
  readonly goesOnAfter: string;
  readonly asBefore: (endsOn: string) => string;
  readonly months: (months: number) => string;
  readonly renews: (on: string, months: string) => string;
  readonly cancelBy: (day: string) => string;
  readonly notDeleted: (purgeOn: string) => string;
  readonly notYou: string;
  readonly product: string;
  readonly withdrawnOn: string;
  readonly withdrawnBy: string;
}

export const WITHDRAWAL_TEXTS: Readonly<Record<Language, WithdrawalTexts>> = {
  en: {
    subject: (product) => `Cancellation withdrawn: ${product} continues`,
    heading: 'Your cancellation was withdrawn',
    goesOnAfter: 'Continues after',
    asBefore: (endsOn) =>
      `Your subscription does not end on ${endsOn}. It continues as before, with the same quantity, prices and terms.`,
    months: (months) => (months === 1 ? '1 month' : `${months} months`),
    renews: (on, months) => `The contract renews on ${on} for ${months}.`,
    cancelBy: (day) => `To let it end then, cancel it by ${day}.`,
    notDeleted: (purgeOn) => `Your data stays. Contrary to what we wrote, it will not be deleted on ${purgeOn}.`,
    notYou: 'If nobody at your company asked for this, please tell us at once.',
    product: 'What continues',
    withdrawnOn: 'Withdrawn on',
    withdrawnBy: 'Withdrawn by',
  },
  fr: {
    subject: (product) => `Résiliation annulée : ${product} continue`,
    heading: 'Votre résiliation a été annulée',
    goesOnAfter: 'Se poursuit après le',
    asBefore: (endsOn) =>
      `Votre abonnement ne prend pas fin le ${endsOn}. Il se poursuit comme s’il n’avait jamais été résilié, avec la même quantité, les mêmes prix et les mêmes conditions.`,
    months: (months) => `${months} mois`,
    renews: (on, months) => `Le contrat se renouvelle le ${on} pour ${months}.`,
    cancelBy: (day) => `Pour qu’il prenne alors fin, résiliez-le au plus tard le ${day}.`,
    notDeleted: (purgeOn) =>
      `Vos données sont conservées. Contrairement à ce que nous vous avions annoncé, elles ne seront pas supprimées le ${purgeOn}.`,
    notYou: 'Si personne chez vous ne l’a demandé, prévenez-nous immédiatement.',
    product: 'Ce qui continue',
    withdrawnOn: 'Annulée le',
    withdrawnBy: 'Annulée par',
  },
  it: {
    subject: (product) => `Disdetta annullata: ${product} continua`,
    heading: 'La vostra disdetta è stata annullata',
    goesOnAfter: 'Continua dopo il',
    asBefore: (endsOn) =>
      `Il vostro abbonamento non termina ${il(endsOn)}. Continua come se non fosse mai stato disdetto, con la stessa quantità, gli stessi prezzi e le stesse condizioni.`,
    months: (months) => (months === 1 ? '1 mese' : `${months} mesi`),
    renews: (on, months) => `Il contratto si rinnova ${il(on)} per ${months}.`,
    cancelBy: (day) => `Per farlo terminare allora, disditelo entro ${il(day)}.`,
    notDeleted: (purgeOn) =>
      `I vostri dati restano. Diversamente da quanto vi avevamo scritto, non verranno eliminati ${il(purgeOn)}.`,
    notYou: 'Se nessuno nella vostra azienda lo ha chiesto, avvisateci subito.',
    product: 'Che cosa continua',
    withdrawnOn: 'Annullata il',
    withdrawnBy: 'Annullata da',
  },
  de: {
    subject: (product) => `Kündigung zurückgenommen: ${product} läuft weiter`,
    heading: 'Ihre Kündigung ist zurückgenommen',
    goesOnAfter: 'Läuft weiter nach dem',
    asBefore: (endsOn) =>
      `Ihr Abonnement endet nicht am ${endsOn}. Es läuft weiter, als wäre es nie gekündigt worden: mit derselben Menge, denselben Preisen und Bedingungen.`,
    months: (months) => (months === 1 ? '1 Monat' : `${months} Monate`),
    renews: (on, months) => `Der Vertrag verlängert sich am ${on} um ${months}.`,
    cancelBy: (day) => `Soll er dann enden, kündigen Sie ihn bis zum ${day}.`,
    notDeleted: (purgeOn) => `Ihre Daten bleiben. Anders als angekündigt werden sie am ${purgeOn} nicht gelöscht.`,
    notYou: 'Falls das bei Ihnen niemand veranlasst hat, melden Sie sich bitte umgehend bei uns.',
    product: 'Was weiterläuft',
    withdrawnOn: 'Zurückgenommen am',
    withdrawnBy: 'Zurückgenommen durch',
  },
  es: {
    subject: (product) => `Cancelación anulada: ${product} continúa`,
    heading: 'Su cancelación se ha anulado',
    goesOnAfter: 'Continúa después del',
    asBefore: (endsOn) =>
      `Su suscripción no termina el ${endsOn}. Continúa como si nunca se hubiera cancelado, con la misma cantidad, los mismos precios y las mismas condiciones.`,
    months: (months) => (months === 1 ? '1 mes' : `${months} meses`),
    renews: (on, months) => `El contrato se renueva el ${on} por ${months}.`,
    cancelBy: (day) => `Si desea que termine entonces, cancélelo a más tardar el ${day}.`,
    notDeleted: (purgeOn) =>
      `Sus datos se conservan. Al contrario de lo que le habíamos indicado, no se eliminarán el ${purgeOn}.`,
    notYou: 'Si nadie de su empresa lo ha pedido, avísenos de inmediato.',
    product: 'Qué continúa',
    withdrawnOn: 'Anulada el',
    withdrawnBy: 'Anulada por',
  },
  pt: {
    subject: (product) => `Cancelamento anulado: ${product} continua`,
    heading: 'O seu cancelamento foi anulado',
    goesOnAfter: 'Continua depois de',
    asBefore: (endsOn) =>
      `A sua subscrição não termina a ${endsOn}. Continua como se nunca tivesse sido cancelada, com a mesma quantidade, os mesmos preços e as mesmas condições.`,
    months: (months) => (months === 1 ? '1 mês' : `${months} meses`),
    renews: (on, months) => `O contrato renova-se a ${on} por ${months}.`,
    cancelBy: (day) => `Para que termine nessa altura, cancele-o até ${day}.`,
    notDeleted: (purgeOn) =>
      `Os seus dados mantêm-se. Ao contrário do que lhe tínhamos comunicado, não serão eliminados a ${purgeOn}.`,
    notYou: 'Se ninguém na sua empresa o pediu, avise-nos de imediato.',
    product: 'O que continua',
    withdrawnOn: 'Anulado em',
    withdrawnBy: 'Anulado por',
  },
  nl: {
    subject: (product) => `Opzegging ingetrokken: ${product} loopt door`,
    heading: 'Uw opzegging is ingetrokken',
    goesOnAfter: 'Loopt door na',
    asBefore: (endsOn) =>
      `Uw abonnement eindigt niet op ${endsOn}. Het loopt door alsof het nooit is opgezegd, met hetzelfde aantal, dezelfde prijzen en dezelfde voorwaarden.`,
    months: (months) => (months === 1 ? '1 maand' : `${months} maanden`),
    renews: (on, months) => `Het contract wordt op ${on} met ${months} verlengd.`,
    cancelBy: (day) => `Wilt u dat het dan eindigt, zeg het dan uiterlijk op ${day} op.`,
    notDeleted: (purgeOn) =>
      `Uw gegevens blijven bewaard. Anders dan wij u hadden geschreven, worden ze niet op ${purgeOn} verwijderd.`,
    notYou: 'Heeft niemand bij u hierom gevraagd, laat het ons dan meteen weten.',
    product: 'Wat doorloopt',
    withdrawnOn: 'Ingetrokken op',
    withdrawnBy: 'Ingetrokken door',
  },
};
