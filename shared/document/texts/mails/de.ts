import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Guten Tag ${name},`,
  view: 'Rechnung ansehen',
  pay: 'Jetzt zahlen',
  updateMethod: 'Zahlungsmittel ändern',
  confirmPayment: 'Zahlung bestätigen',
  balance: 'Offener Saldo',
  amountPaid: 'Gezahlter Betrag',
  attached: 'Die Rechnung ist als PDF angehängt.',
  questions: (email, phone) => `Fragen? Schreiben Sie an ${email} oder rufen Sie an: ${phone}.`,
  why: (account) =>
    `Sie erhalten diese Nachricht, weil diese Adresse die Rechnungspost des Kundenkontos ${account} bekommt.`,
  invoice: (w) => ({
    subject: `Rechnung ${w.number}: ${w.amount}, fällig am ${w.dueDate}`,
    heading: 'Ihre Rechnung ist da',
    paragraphs: [`Dies ist Ihre Rechnung ${w.number} für ${w.month}.`],
  }),
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} zu Rechnung ${w.invoiceNumber}`,
    heading: `Wir haben Ihnen ${w.amount} gutgeschrieben`,
    paragraphs: [`Mit ${w.number} berichtigen wir die Rechnung ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} werden von dem abgezogen, was auf diese Rechnung noch zu zahlen ist.`,
    disputed: (amount) => `${amount} davon hatten Sie beanstandet; diesen Betrag müssen Sie nicht mehr zahlen.`,
    writtenOff: (amount) => `${amount} davon waren bereits ausgebucht und bleiben es.`,
    credit: (amount) => `${amount} bleiben als Guthaben stehen und werden mit Ihren nächsten Rechnungen verrechnet.`,
  },
  attachedPdf: 'Das Dokument ist als PDF beigefügt.',
  notices: {
    'reminder-1': (w) => ({
      subject: `Erinnerung: Rechnung ${w.number}, ${w.amount}, war fällig am ${w.dueDate}`,
      heading: 'Eine freundliche Erinnerung',
      paragraphs: [
        `Für die Rechnung ${w.number} ist noch keine Zahlung eingegangen. ${w.amount} waren am ${w.dueDate} fällig.`,
        'Falls Sie in den letzten Tagen gezahlt haben, betrachten Sie diese Nachricht bitte als gegenstandslos.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Zweite Erinnerung: Rechnung ${w.number}, ${w.amount}, war fällig am ${w.dueDate}`,
      heading: 'Ihre Rechnung ist noch offen',
      paragraphs: [
        `Die Rechnung ${w.number} ist noch offen. ${w.amount} waren am ${w.dueDate} fällig. Bitte zahlen Sie jetzt.`,
        'Falls an der Rechnung etwas nicht stimmt, melden Sie sich bitte bei uns.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Letzte Mahnung: Rechnung ${w.number}, ${w.amount}; Sperrung am ${w.suspensionOn}`,
      heading: 'Letzte Mahnung vor der Sperrung',
      paragraphs: [
        `Die Rechnung ${w.number} über ${w.amount} war am ${w.dueDate} fällig und ist nicht bezahlt.`,
        `Wenn Ihre Zahlung nicht eingeht, sperren wir Ihre Dienste am ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Letzte Mahnung: Rechnung ${w.number}, ${w.amount}; Übergabe an die Debitorenbuchhaltung am ${w.handOverOn}`,
      heading: 'Letzte Mahnung',
      paragraphs: [
        `Die Rechnung ${w.number} über ${w.amount} war am ${w.dueDate} fällig und ist nicht bezahlt.`,
        `Wenn Ihre Zahlung nicht eingeht, übernimmt am ${w.handOverOn} unsere Debitorenbuchhaltung.`,
        `Sie vereinbart Zahlung und Dienste mit Ihnen; Sie erreichen sie schon jetzt: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Rechnung ${w.number}, ${w.amount}: bitte wenden Sie sich an die Debitorenbuchhaltung`,
      heading: 'Bitte wenden Sie sich an die Debitorenbuchhaltung',
      paragraphs: [
        `Die Rechnung ${w.number} über ${w.amount} war am ${w.dueDate} fällig und ist nicht bezahlt.`,
        'Unsere Debitorenbuchhaltung hat übernommen und vereinbart Zahlung und Dienste mit Ihnen.',
        `Bitte schreiben Sie an ${w.email} oder rufen Sie an: ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Ihre Dienste sind gesperrt; offener Saldo ${w.balance}`,
      heading: 'Ihre Dienste sind gesperrt',
      paragraphs: [
        `Weil Rechnungen nicht bezahlt sind, hat ${w.seller} Ihre Dienste gesperrt.`,
        `Sie werden von selbst wieder freigeschaltet, sobald der offene Saldo von ${w.balance} vollständig beglichen ist.`,
      ],
    }),
    reactivated: (w) => ({
      subject: 'Ihre Dienste sind wieder aktiv',
      heading: 'Ihre Dienste sind wieder aktiv',
      paragraphs: [
        'Ihr offener Saldo ist beglichen, und alle Dienste funktionieren wieder.',
        `${w.seller} dankt für Ihre Treue.`,
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Zahlung fehlgeschlagen: Rechnung ${w.number}, ${w.amount}`,
      heading: 'Ihre Zahlung ist fehlgeschlagen',
      paragraphs: [
        `Wir konnten ${w.amount} für die Rechnung ${w.number} nicht abbuchen (${w.method}).`,
        w.next.kind === 'retry'
          ? `Wir versuchen es am ${w.next.on} noch einmal. Sie können auch früher zahlen: mit derselben Karte nach einer Stunde, mit einer anderen sofort.`
          : 'Wir versuchen es mit diesem Zahlungsmittel nicht noch einmal. Bitte hinterlegen Sie ein anderes oder zahlen Sie im Kundenportal.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Bitte bestätigen Sie Ihre Zahlung: Rechnung ${w.number}, ${w.amount}`,
      heading: 'Bitte bestätigen Sie Ihre Zahlung',
      paragraphs: [
        `Ihre Bank möchte, dass Sie die Zahlung von ${w.amount} (${w.method}) für die Rechnung ${w.number} bestätigen.`,
        'Öffnen Sie das Kundenportal, wählen Sie die Zahlung und folgen Sie den Anweisungen Ihrer Bank. Bisher wurde nichts abgebucht.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Zahlung zurückgegeben: ${w.amount} für Rechnung ${w.number}`,
      heading: 'Ihre Bank hat eine Zahlung zurückgegeben',
      paragraphs: [
        `Ihre Zahlung von ${w.amount} mit ${w.method} für Rechnung ${w.number} war eingegangen und wurde von Ihrer Bank zurückgeholt. Die Rechnung ist wieder offen.`,
        w.next.kind === 'retry'
          ? `Wir versuchen es am ${w.next.on} noch einmal. Sie können auch früher im Portal bezahlen.`
          : 'Wir belasten dieses Konto nicht noch einmal. Bitte bezahlen Sie im Portal oder hinterlegen Sie eine andere Zahlungsart.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Ihre Zahlungsart ${w.method} läuft ${w.expires} ab`,
      heading: 'Eine Zahlungsart läuft bald ab',
      paragraphs: [
        `${w.method} läuft Ende ${w.expires} ab.`,
        'Bitte hinterlegen Sie rechtzeitig eine neue im Portal, damit Ihre Rechnungen weiterhin von selbst bezahlt werden.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Zahlung eingegangen: ${w.amount} für Rechnung ${w.number}`,
      heading: 'Vielen Dank für Ihre Zahlung',
      paragraphs: [`Wir haben ${w.amount} für die Rechnung ${w.number} erhalten.`],
    }),
  },
  steps: {
    heading: 'Was Sie tun können, der Reihe nach',
    checkDetails:
      'Prüfen Sie die Kartendaten; Name und Anschrift müssen mit denen beim Kartenherausgeber übereinstimmen.',
    askIssuer: 'Fragen Sie den Kartenherausgeber, ob die Zahlung gesperrt wurde oder das Limit erreicht ist.',
    otherCard: 'Versuchen Sie es mit einer anderen Karte, am besten eines anderen Herausgebers.',
    authentication:
      'In der EU und im Vereinigten Königreich kann Ihre Bank eine starke Authentifizierung verlangen: Geben Sie die Karte auf der Zahlungsseite erneut ein und folgen Sie den Anweisungen der Bank.',
    waitADay: 'Wenn die Seite meldet, dass die Zahl der Versuche erschöpft ist, warten Sie 24 Stunden.',
    contactSupport: (email, phone) => `Wenn nichts hilft, melden Sie sich bei uns: ${email}, ${phone}.`,
  },
};
