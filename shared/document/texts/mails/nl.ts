import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Beste ${name},`,
  view: 'Factuur bekijken',
  pay: 'Nu betalen',
  updateMethod: 'Betaalmethode wijzigen',
  confirmPayment: 'Betaling bevestigen',
  balance: 'Openstaand saldo',
  amountPaid: 'Betaald bedrag',
  attached: 'De factuur is als PDF bijgevoegd.',
  questions: (email, phone) => `Vragen? Schrijf naar ${email} of bel ${phone}.`,
  why: (account) => `U ontvangt dit bericht omdat dit adres de factuurpost van account ${account} krijgt.`,
  invoice: (w) => ({
    subject: `Factuur ${w.number}: ${w.amount}, vervalt op ${w.dueDate}`,
    heading: 'Uw factuur is er',
    paragraphs: [`Dit is uw factuur ${w.number} voor ${w.month}.`],
  }),
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} op factuur ${w.invoiceNumber}`,
    heading: `We hebben u ${w.amount} gecrediteerd`,
    paragraphs: [`Met ${w.number} corrigeren we factuur ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} gaat af van wat u op deze factuur nog moet betalen.`,
    disputed: (amount) => `${amount} daarvan had u betwist; dat hoeft u niet meer te betalen.`,
    writtenOff: (amount) => `${amount} daarvan was al afgeschreven en blijft dat.`,
    credit: (amount) => `${amount} blijft als tegoed staan en wordt verrekend met uw volgende facturen.`,
  },
  attachedPdf: 'Het document is als pdf bijgevoegd.',
  notices: {
    'reminder-1': (w) => ({
      subject: `Herinnering: factuur ${w.number}, ${w.amount}, verviel op ${w.dueDate}`,
      heading: 'Een vriendelijke herinnering',
      paragraphs: [
        `We hebben nog geen betaling ontvangen voor factuur ${w.number}. Het bedrag van ${w.amount} verviel op ${w.dueDate}.`,
        'Hebt u in de afgelopen dagen betaald, dan kunt u dit bericht negeren.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Tweede herinnering: factuur ${w.number}, ${w.amount}, verviel op ${w.dueDate}`,
      heading: 'Uw factuur staat nog open',
      paragraphs: [
        `Factuur ${w.number} staat nog open. Het bedrag van ${w.amount} verviel op ${w.dueDate}. Wilt u nu betalen?`,
        'Klopt er iets niet aan de factuur, neem dan contact met ons op.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Laatste aanmaning: factuur ${w.number}, ${w.amount}; opschorting op ${w.suspensionOn}`,
      heading: 'Laatste aanmaning vóór opschorting',
      paragraphs: [
        `Factuur ${w.number} van ${w.amount} verviel op ${w.dueDate} en is niet betaald.`,
        `Ontvangen wij uw betaling niet, dan worden uw diensten op ${w.suspensionOn} opgeschort.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Laatste aanmaning: factuur ${w.number}, ${w.amount}; debiteurenadministratie neemt het op ${w.handOverOn} over`,
      heading: 'Laatste aanmaning',
      paragraphs: [
        `Factuur ${w.number} van ${w.amount} verviel op ${w.dueDate} en is niet betaald.`,
        `Ontvangen wij uw betaling niet, dan neemt onze debiteurenadministratie het op ${w.handOverOn} over.`,
        `Zij maakt met u afspraken over betaling en dienst; u kunt haar nu al bereiken: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Factuur ${w.number}, ${w.amount}: neem contact op met de debiteurenadministratie`,
      heading: 'Neem contact op met de debiteurenadministratie',
      paragraphs: [
        `Factuur ${w.number} van ${w.amount} verviel op ${w.dueDate} en is niet betaald.`,
        'Onze debiteurenadministratie heeft het overgenomen en maakt met u afspraken over betaling en dienst.',
        `Schrijf naar ${w.email} of bel ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Uw diensten zijn opgeschort; openstaand saldo ${w.balance}`,
      heading: 'Uw diensten zijn opgeschort',
      paragraphs: [
        `Omdat er facturen openstaan, heeft ${w.seller} uw diensten opgeschort.`,
        `Ze worden automatisch hervat zodra het openstaande saldo van ${w.balance} volledig is betaald.`,
      ],
    }),
    reactivated: (w) => ({
      subject: 'Uw diensten zijn weer actief',
      heading: 'Uw diensten zijn weer actief',
      paragraphs: [
        'Uw openstaande saldo is betaald en al uw diensten werken weer.',
        `${w.seller} dankt u voor uw vertrouwen.`,
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Betaling mislukt: factuur ${w.number}, ${w.amount}`,
      heading: 'Uw betaling is niet gelukt',
      paragraphs: [
        `We konden ${w.amount} niet van ${w.method} afschrijven voor factuur ${w.number}.`,
        w.next.kind === 'retry'
          ? `We proberen het opnieuw op ${w.next.on}. U kunt ook eerder betalen: met dezelfde kaart na een uur, met een andere meteen.`
          : 'We proberen het niet opnieuw met deze betaalmethode. Voeg een andere toe of betaal in het klantportaal.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Bevestig uw betaling: factuur ${w.number}, ${w.amount}`,
      heading: 'Bevestig uw betaling',
      paragraphs: [
        `Uw bank vraagt u de betaling van ${w.amount} met ${w.method} voor factuur ${w.number} te bevestigen.`,
        'Open het klantportaal, kies de betaling en volg de aanwijzingen van uw bank. Er is nog niets afgeschreven.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Betaling teruggeboekt: ${w.amount} voor factuur ${w.number}`,
      heading: 'Uw bank heeft een betaling teruggeboekt',
      paragraphs: [
        `Uw betaling van ${w.amount} met ${w.method} voor factuur ${w.number} was ontvangen en is door uw bank teruggeboekt. De factuur staat weer open.`,
        w.next.kind === 'retry'
          ? `Wij proberen het op ${w.next.on} opnieuw. U kunt ook eerder in het portaal betalen.`
          : 'Wij incasseren niet meer van deze rekening. Betaal in het portaal of voeg een andere betaalmethode toe.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Uw betaalmethode ${w.method} verloopt in ${w.expires}`,
      heading: 'Een betaalmethode verloopt binnenkort',
      paragraphs: [
        `${w.method} verloopt eind ${w.expires}.`,
        'Voeg op tijd een nieuwe toe in het portaal, zodat uw facturen vanzelf betaald blijven worden.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Betaling ontvangen: ${w.amount} voor factuur ${w.number}`,
      heading: 'Bedankt voor uw betaling',
      paragraphs: [`We hebben ${w.amount} ontvangen voor factuur ${w.number}.`],
    }),
  },
  steps: {
    heading: 'Wat u kunt doen, in deze volgorde',
    checkDetails:
      'Controleer de kaartgegevens; naam en adres moeten overeenkomen met die bij de uitgever van de kaart.',
    askIssuer: 'Vraag de uitgever van de kaart of de betaling is geblokkeerd of de limiet is bereikt.',
    otherCard: 'Probeer een andere kaart, bij voorkeur van een andere uitgever.',
    authentication:
      'In de EU en het VK kan uw bank sterke authenticatie vragen: voer de kaart opnieuw in op de betaalpagina en volg de aanwijzingen van de bank.',
    waitADay: 'Meldt de pagina dat het aantal pogingen is bereikt, wacht dan 24 uur.',
    contactSupport: (email, phone) => `Helpt niets, neem dan contact met ons op: ${email}, ${phone}.`,
  },
};
