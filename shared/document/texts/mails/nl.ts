import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Beste ${name},`,
  view: 'Factuur bekijken',
  pay: 'Nu betalen',
  openPortal: 'Klantportaal openen',
  updateMethod: 'Betaalmethode wijzigen',
  confirmPayment: 'Betaling bevestigen',
  toPay: 'Te betalen',
  balance: 'Openstaand saldo',
  amountPaid: 'Betaald bedrag',
  attached: 'De factuur is als pdf bijgevoegd.',
  attachedPdf: 'Het document is als pdf bijgevoegd.',
  questions: (email, phone) => `Vragen? Schrijf naar ${email} of bel ${phone}.`,
  why: (account) => `U ontvangt dit bericht omdat de factuurpost van account ${account} naar dit adres gaat.`,
  invoice: {
    subject: (w) => `Factuur ${w.number}: ${w.amount}, vervalt op ${w.dueDate}`,
    settled: (w) => `Factuur ${w.number}: niets te betalen`,
    ofMonth: (month) => `Uw factuur voor ${month}`,
    ofPurchase: (date) => `Uw factuur voor uw aankoop van ${date}`,
  },
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} (${w.invoiceNumber})`,
    heading: `Wij hebben u ${w.amount} gecrediteerd`,
    paragraphs: [`Met ${w.number} corrigeren wij factuur ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `Voor deze factuur hoeft u ${amount} minder te betalen.`,
    disputed: (amount) => `${amount} daarvan had u betwist; dat hoeft u niet meer te betalen.`,
    writtenOff: (amount) => `${amount} daarvan was al als oninbaar afgeboekt en blijft dat.`,
    credit: (amount) => `${amount} bewaren wij als tegoed en verrekenen wij met uw volgende facturen.`,
  },
  notices: {
    'reminder-1': (w) => ({
      subject: `Herinnering: ${w.amount}, vervallen op ${w.dueShort} (${w.number})`,
      heading: 'Een vriendelijke herinnering',
      paragraphs: [
        `Het bedrag van ${w.amount} voor factuur ${w.number} had uiterlijk op ${w.dueDate} betaald moeten zijn. Wij hebben het nog niet ontvangen.`,
        'Hebt u in de afgelopen dagen betaald, dan kunt u dit bericht als niet verzonden beschouwen.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Tweede herinnering: ${w.amount}, vervallen op ${w.dueShort} (${w.number})`,
      heading: 'Uw factuur staat nog open',
      paragraphs: [
        `Het bedrag van ${w.amount} voor factuur ${w.number} had uiterlijk op ${w.dueDate} betaald moeten zijn en staat nog open. Wilt u het nu betalen?`,
        'Klopt er iets niet aan de factuur, neem dan contact met ons op.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Laatste aanmaning: ${w.amount}; opschorting op ${w.suspensionShort} (${w.number})`,
      heading: 'Laatste aanmaning vóór opschorting',
      paragraphs: [
        `Het bedrag van ${w.amount} voor factuur ${w.number} had uiterlijk op ${w.dueDate} betaald moeten zijn en is niet ontvangen.`,
        `Ontvangen wij uw betaling niet, dan schorten wij uw diensten op ${w.suspensionOn} op.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Laatste aanmaning: betaal ${w.amount} vóór ${w.handOverShort} (${w.number})`,
      heading: 'Laatste aanmaning',
      paragraphs: [
        `Het bedrag van ${w.amount} voor factuur ${w.number} had uiterlijk op ${w.dueDate} betaald moeten zijn en is niet ontvangen.`,
        `Ontvangen wij uw betaling niet, dan neemt onze debiteurenadministratie de zaak op ${w.handOverOn} over.`,
        `Zij maakt met u afspraken over de betaling en uw diensten. U kunt haar nu al bereiken: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Neem contact met ons op: ${w.amount} staat open (${w.number})`,
      heading: 'Neem contact op met de debiteurenadministratie',
      paragraphs: [
        `Het bedrag van ${w.amount} voor factuur ${w.number} had uiterlijk op ${w.dueDate} betaald moeten zijn en is niet ontvangen.`,
        'Onze debiteurenadministratie heeft de zaak overgenomen en maakt met u afspraken over de betaling en uw diensten.',
        `Schrijf naar ${w.email} of bel ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Uw diensten zijn opgeschort: ${w.balance} staat open`,
      heading: 'Uw diensten zijn opgeschort',
      paragraphs: [
        `Omdat er facturen openstaan, heeft ${w.seller} uw diensten opgeschort.`,
        `Ze worden automatisch hervat zodra het openstaande saldo van ${w.balance} volledig is betaald.`,
      ],
    }),
    reactivated: () => ({
      subject: 'Uw diensten zijn weer actief',
      heading: 'Uw diensten zijn weer actief',
      paragraphs: [
        'U hebt geen achterstallige bedragen meer en al uw diensten werken weer.',
        'Hartelijk dank voor uw betaling.',
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Betaling mislukt: factuur ${w.number}, ${w.amount}`,
      heading: 'Uw betaling is niet gelukt',
      paragraphs: [
        `De betaling van ${w.amount} (${w.method}) voor factuur ${w.number} is niet gelukt.`,
        w.next.kind === 'retry'
          ? `Wij proberen het opnieuw op ${w.next.on}. U kunt ook eerder betalen: met dezelfde betaalmethode na een uur, met een andere meteen.`
          : 'Wij proberen het niet opnieuw met deze betaalmethode. Voeg een andere toe of betaal in het klantportaal.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Bevestig uw betaling: factuur ${w.number}, ${w.amount}`,
      heading: 'Bevestig uw betaling',
      paragraphs: [
        `Uw bank vraagt u de betaling van ${w.amount} (${w.method}) voor factuur ${w.number} te bevestigen.`,
        'Open de betaling in het klantportaal en volg de aanwijzingen van uw bank. Er is nog niets afgeschreven.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Betaling teruggeboekt: ${w.amount} voor factuur ${w.number}`,
      heading: 'Uw bank heeft een betaling teruggeboekt',
      paragraphs: [
        `Wij hadden uw betaling van ${w.amount} (${w.method}) voor factuur ${w.number} ontvangen, maar uw bank heeft die teruggeboekt. De factuur staat weer open.`,
        w.next.kind === 'retry'
          ? `Wij proberen het opnieuw op ${w.next.on}. U kunt ook eerder betalen in het klantportaal.`
          : 'Wij incasseren niet meer van deze rekening. Betaal in het klantportaal of voeg een andere betaalmethode toe.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Uw betaalmethode ${w.method} verloopt in ${w.expires}`,
      heading: 'Een betaalmethode verloopt binnenkort',
      paragraphs: [
        `${w.method} verloopt eind ${w.expires}.`,
        'Voeg op tijd een nieuwe toe in het klantportaal, zodat uw facturen automatisch betaald blijven worden.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Betaling ontvangen: ${w.amount} voor factuur ${w.number}`,
      heading: 'Bedankt voor uw betaling',
      paragraphs: [
        `Wij hebben ${w.amount} ontvangen voor factuur ${w.number}.`,
        ...(w.settled ? ['Er staat niets meer open.'] : []),
      ],
    }),
  },
  steps: {
    heading: 'Wat u kunt doen, in deze volgorde',
    card: {
      checkDetails:
        'Controleer de kaartgegevens: naam en adres moeten overeenkomen met die bij de uitgever van de kaart.',
      askIssuer: 'Vraag de uitgever van de kaart of de betaling is geblokkeerd of uw limiet is bereikt.',
      otherCard: 'Probeer een andere kaart, bij voorkeur van een andere uitgever.',
      authentication:
        'In de EU en het VK kan uw bank om sterke authenticatie vragen: voer de kaart opnieuw in op de betaalpagina en volg de aanwijzingen van de bank.',
    },
    debit: {
      checkDetails: 'Controleer de rekeninggegevens en of er voldoende saldo is.',
      askBank: 'Vraag uw bank of zij de incasso heeft geweigerd en waarom.',
      otherMethod: 'Probeer een andere betaalmethode, bijvoorbeeld een kaart.',
    },
    waitADay: 'Meldt de pagina dat het aantal pogingen is bereikt, wacht dan 24 uur.',
    contactSupport: (email, phone) => `Helpt dit alles niet, neem dan contact met ons op: ${email}, ${phone}.`,
  },
};
