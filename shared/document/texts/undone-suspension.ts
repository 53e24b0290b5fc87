import type { Language } from '../../domain/account.ts';

/** What a customer reads whose services were suspended without notice and come back: `balance` is what it still owes. */
export const UNDONE_SUSPENSION: Readonly<Record<Language, (balance: string) => readonly string[]>> = {
  en: (balance) => [
    'We suspended your services although our final notice had not reached you. That should not have happened, and we are sorry. All your services work again.',
    `Your balance of ${balance} is still unpaid. You will get the final notice again, with the date by which to pay.`,
  ],
  fr: (balance) => [
    'Nous avons suspendu vos services alors que notre dernier avis ne vous était pas parvenu. Cela n’aurait pas dû se produire et nous vous prions de nous en excuser. Tous vos services fonctionnent de nouveau.',
    `Votre solde de ${balance} reste impayé. Vous recevrez de nouveau le dernier avis, avec la date limite de paiement.`,
  ],
  it: (balance) => [
    'Abbiamo sospeso i vostri servizi benché il nostro ultimo avviso non vi fosse pervenuto. Non sarebbe dovuto accadere e ce ne scusiamo. Tutti i vostri servizi funzionano di nuovo.',
    `Il saldo di ${balance} è ancora da pagare. Riceverete di nuovo l’ultimo avviso, con la data entro cui pagare.`,
  ],
  de: (balance) => [
    'Wir haben Ihre Dienste gesperrt, obwohl unsere letzte Mahnung nicht bei Ihnen angekommen war. Das hätte nicht geschehen dürfen; wir bitten um Entschuldigung. Alle Ihre Dienste funktionieren wieder.',
    `Ihr Saldo von ${balance} ist noch offen. Sie erhalten die letzte Mahnung noch einmal, mit dem Datum, bis zu dem Sie zahlen können.`,
  ],
  es: (balance) => [
    'Suspendimos sus servicios aunque nuestro último aviso no le había llegado. No debería haber ocurrido y le pedimos disculpas. Todos sus servicios funcionan de nuevo.',
    `Su saldo de ${balance} sigue pendiente de pago. Recibirá de nuevo el último aviso, con la fecha límite de pago.`,
  ],
  pt: (balance) => [
    'Suspendemos os seus serviços embora o nosso último aviso não lhe tivesse chegado. Não deveria ter acontecido e pedimos desculpa. Todos os seus serviços voltaram a funcionar.',
    `O seu saldo de ${balance} continua por pagar. Receberá novamente o último aviso, com a data até à qual pode pagar.`,
  ],
  nl: (balance) => [
    'Wij hebben uw diensten opgeschort, hoewel onze laatste aanmaning u niet had bereikt. Dat had niet mogen gebeuren; onze excuses daarvoor. Al uw diensten werken weer.',
    `Uw saldo van ${balance} staat nog open. U ontvangt de laatste aanmaning opnieuw, met de uiterste betaaldatum.`,
  ],
};
