import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Guten Tag ${name},`,
  view: 'Rechnung ansehen',
  pay: 'Jetzt zahlen',
  openPortal: 'Kundenportal öffnen',
  updateMethod: 'Zahlungsmittel ändern',
  confirmPayment: 'Zahlung bestätigen',
  toPay: 'Zu zahlen',
  balance: 'Offener Saldo',
  amountPaid: 'Gezahlter Betrag',
  attached: 'Die Rechnung ist als PDF beigefügt.',
  attachedPdf: 'Das Dokument ist als PDF beigefügt.',
  questions: (email, phone) => `Fragen? Schreiben Sie an ${email} oder rufen Sie uns an: ${phone}.`,
  why: (account) =>
    `Sie erhalten diese Nachricht, weil diese Adresse die Rechnungspost des Kundenkontos ${account} bekommt.`,
  invoice: {
    subject: (w) => `Rechnung ${w.number}: ${w.amount}, fällig am ${w.dueDate}`,
    settled: (w) => `Rechnung ${w.number}: nichts zu zahlen`,
    ofMonth: (month) => `Ihre Rechnung für ${month}`,
    ofPurchase: (date) => `Ihre Rechnung zum Kauf vom ${date}`,
  },
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} (${w.invoiceNumber})`,
    heading: `Wir haben Ihnen ${w.amount} gutgeschrieben`,
    paragraphs: [`Mit ${w.number} berichtigen wir die Rechnung ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `Auf diese Rechnung müssen Sie ${amount} weniger zahlen.`,
    disputed: (amount) => `${amount} davon hatten Sie beanstandet; diesen Betrag müssen Sie nicht mehr zahlen.`,
    writtenOff: (amount) => `${amount} davon waren bereits ausgebucht und bleiben es.`,
    credit: (amount) => `${amount} bleiben als Guthaben stehen und werden mit Ihren nächsten Rechnungen verrechnet.`,
  },
  notices: {
    'reminder-1': (w) => ({
      subject: `Zahlungserinnerung: ${w.amount}, fällig seit ${w.dueShort} (${w.number})`,
      heading: 'Eine freundliche Erinnerung',
      paragraphs: [
        `Der Betrag von ${w.amount} zu Rechnung ${w.number} war am ${w.dueDate} fällig; er ist bei uns noch nicht eingegangen.`,
        'Falls Sie in den letzten Tagen gezahlt haben, betrachten Sie diese Nachricht bitte als gegenstandslos.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `2. Zahlungserinnerung: ${w.amount}, fällig seit ${w.dueShort} (${w.number})`,
      heading: 'Ihre Rechnung ist noch offen',
      paragraphs: [
        `Der Betrag von ${w.amount} zu Rechnung ${w.number} war am ${w.dueDate} fällig und ist noch offen. Bitte zahlen Sie ihn jetzt.`,
        'Falls an der Rechnung etwas nicht stimmt, melden Sie sich bitte bei uns.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Letzte Mahnung: ${w.amount}; Sperrung am ${w.suspensionShort} (${w.number})`,
      heading: 'Letzte Mahnung vor der Sperrung',
      paragraphs: [
        `Der Betrag von ${w.amount} zu Rechnung ${w.number} war am ${w.dueDate} fällig und ist nicht bezahlt.`,
        `Wenn Ihre Zahlung nicht eingeht, sperren wir Ihre Dienste am ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Letzte Mahnung: ${w.amount}, zahlbar vor dem ${w.handOverShort} (${w.number})`,
      heading: 'Letzte Mahnung',
      paragraphs: [
        `Der Betrag von ${w.amount} zu Rechnung ${w.number} war am ${w.dueDate} fällig und ist nicht bezahlt.`,
        `Wenn Ihre Zahlung nicht eingeht, übernimmt am ${w.handOverOn} unsere Debitorenbuchhaltung.`,
        `Sie wird mit Ihnen vereinbaren, wie es mit Zahlung und Diensten weitergeht. Sie erreichen sie schon jetzt: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Bitte melden Sie sich bei uns: ${w.amount} sind offen (${w.number})`,
      heading: 'Bitte wenden Sie sich an die Debitorenbuchhaltung',
      paragraphs: [
        `Der Betrag von ${w.amount} zu Rechnung ${w.number} war am ${w.dueDate} fällig und ist nicht bezahlt.`,
        'Unsere Debitorenbuchhaltung hat übernommen und vereinbart mit Ihnen, wie es mit Zahlung und Diensten weitergeht.',
        `Bitte schreiben Sie an ${w.email} oder rufen Sie an: ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Ihre Dienste sind gesperrt: ${w.balance} sind offen`,
      heading: 'Ihre Dienste sind gesperrt',
      paragraphs: [
        `${w.seller} hat Ihre Dienste gesperrt, weil Rechnungen nicht bezahlt sind.`,
        `Sobald der offene Saldo von ${w.balance} vollständig beglichen ist, werden sie automatisch wieder freigeschaltet.`,
      ],
    }),
    reactivated: () => ({
      subject: 'Ihre Dienste sind wieder freigeschaltet',
      heading: 'Ihre Dienste sind wieder freigeschaltet',
      paragraphs: [
        'Es ist nichts mehr überfällig, und alle Ihre Dienste funktionieren wieder.',
        'Vielen Dank für Ihre Zahlung.',
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Zahlung fehlgeschlagen: Rechnung ${w.number}, ${w.amount}`,
      heading: 'Ihre Zahlung ist fehlgeschlagen',
      paragraphs: [
        `Die Zahlung von ${w.amount} (${w.method}) für Rechnung ${w.number} ist nicht gelungen.`,
        w.next.kind === 'retry'
          ? `Am ${w.next.on} versuchen wir es noch einmal. Sie können auch früher zahlen: mit demselben Zahlungsmittel nach einer Stunde, mit einem anderen sofort.`
          : 'Mit diesem Zahlungsmittel versuchen wir es nicht noch einmal. Bitte hinterlegen Sie ein anderes oder zahlen Sie im Kundenportal.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Bitte bestätigen Sie Ihre Zahlung: Rechnung ${w.number}, ${w.amount}`,
      heading: 'Bitte bestätigen Sie Ihre Zahlung',
      paragraphs: [
        `Ihre Bank bittet Sie, die Zahlung von ${w.amount} mit ${w.method} für Rechnung ${w.number} zu bestätigen.`,
        'Öffnen Sie die Zahlung im Kundenportal und folgen Sie den Anweisungen Ihrer Bank. Bisher wurde nichts abgebucht.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Rücklastschrift: ${w.amount} zu Rechnung ${w.number}`,
      heading: 'Ihre Bank hat eine Zahlung zurückgebucht',
      paragraphs: [
        `Ihre Zahlung von ${w.amount} (${w.method}) für Rechnung ${w.number} war bei uns eingegangen, doch Ihre Bank hat sie zurückgebucht. Die Rechnung ist damit wieder offen.`,
        w.next.kind === 'retry'
          ? `Am ${w.next.on} versuchen wir es noch einmal. Sie können auch früher im Kundenportal zahlen.`
          : 'Dieses Konto belasten wir nicht noch einmal. Bitte zahlen Sie im Kundenportal oder hinterlegen Sie ein anderes Zahlungsmittel.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Ihr Zahlungsmittel ${w.method} läuft im ${w.expires} ab`,
      heading: 'Ein Zahlungsmittel läuft bald ab',
      paragraphs: [
        `${w.method} läuft Ende ${w.expires} ab.`,
        'Bitte hinterlegen Sie rechtzeitig ein neues im Kundenportal, damit Ihre Rechnungen weiterhin automatisch bezahlt werden.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Zahlung eingegangen: ${w.amount} zu Rechnung ${w.number}`,
      heading: 'Vielen Dank für Ihre Zahlung',
      paragraphs: [
        `Wir haben ${w.amount} für Rechnung ${w.number} erhalten.`,
        ...(w.settled ? ['Damit ist alles bezahlt.'] : []),
      ],
    }),
  },
  steps: {
    heading: 'Was Sie tun können, der Reihe nach',
    card: {
      checkDetails:
        'Prüfen Sie die Kartendaten: Name und Anschrift müssen mit denen übereinstimmen, die Ihr Kartenherausgeber hat.',
      askIssuer: 'Fragen Sie Ihren Kartenherausgeber, ob die Zahlung blockiert wurde oder Ihr Limit erreicht ist.',
      otherCard: 'Versuchen Sie es mit einer anderen Karte, am besten von einem anderen Herausgeber.',
      authentication:
        'In der EU und im Vereinigten Königreich kann Ihre Bank eine starke Authentifizierung verlangen: Geben Sie die Karte auf der Zahlungsseite erneut ein und folgen Sie den Anweisungen der Bank.',
    },
    debit: {
      checkDetails: 'Prüfen Sie die Kontodaten und ob das Konto gedeckt ist.',
      askBank: 'Fragen Sie Ihre Bank, ob und warum sie die Lastschrift abgelehnt hat.',
      otherMethod: 'Versuchen Sie es mit einem anderen Zahlungsmittel, zum Beispiel einer Karte.',
    },
    waitADay: 'Wenn die Seite meldet, dass die Zahl der Versuche erschöpft ist, warten Sie 24 Stunden.',
    contactSupport: (email, phone) => `Wenn nichts davon hilft, melden Sie sich bei uns: ${email}, ${phone}.`,
  },
};
