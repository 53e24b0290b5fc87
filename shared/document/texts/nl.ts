import { charges } from './charges/nl.ts';
import type { Texts } from './texts.ts';

export const nl: Texts = {
  document: {
    ...charges,
    title: { invoice: 'Factuur', taxInvoice: 'Factuur', vatInvoice: 'Btw-factuur' },
    from: 'Afzender',
    billedTo: 'Klant',
    invoiceNumber: 'Factuurnummer',
    invoiceDate: 'Factuurdatum',
    dueDate: 'Vervaldatum',
    billingPeriod: 'Periode',
    account: 'Klantaccount',
    reference: 'Uw referentie',
    currency: 'Valuta',
    amountDue: 'Te betalen',
    nextStep: {
      willCharge: (method, on) => `Wij belasten ${method} op ${on}. U hoeft niets te doen.`,
      willDebit: (method, on) => `Wij schrijven dit bedrag op ${on} af (${method}). U hoeft niets te doen.`,
      payInPortal: (by) => `Betaal dit bedrag uiterlijk op ${by} in het klantportaal.`,
      payByWire: (by) => `Maak dit bedrag uiterlijk op ${by} over.`,
      payByCheque: (by) => `Stuur uiterlijk op ${by} een cheque voor dit bedrag naar ons adres.`,
      alsoUnpaid: (amount) => `Daarnaast staat ${amount} van eerdere facturen open.`,
    },
    thisInvoice: 'Deze factuur',
    subtotal: 'Subtotaal exclusief belasting',
    total: 'Totaal',
    yourAccount: 'Uw account',
    previousBalance: 'Vorig saldo',
    accountBalance: 'Saldo van uw account',
    received: 'Betalingen en correcties sindsdien',
    fromCredit: 'Betaald uit uw tegoed',
    summary: 'Uw kosten in één oogopslag',
    otherCharges: 'Overige kosten',
    chart: {
      heading: 'Uw laatste zes facturen',
      alternative: (months) => `Staafdiagram van de factuurbedragen: ${months}.`,
    },
    change: {
      heading: 'Wat er is veranderd',
      more: (amount, month) => `${amount} meer dan in ${month}.`,
      less: (amount, month) => `${amount} minder dan in ${month}.`,
      same: (month) => `Hetzelfde bedrag als in ${month}.`,
      price: 'prijs',
      new: 'nieuw',
      gone: 'vervallen',
      others: 'Overige wijzigingen',
    },
    payment: {
      heading: 'Betaling',
      automatic: 'Automatische betaling',
      method: 'Betaalmethode',
      iban: 'IBAN',
      bic: 'BIC',
      transferReference: 'Betalingskenmerk',
      payee: 'Begunstigde',
      slip: 'Betaalstrook: vermeld het kenmerk',
      scanPortal: 'Online bekijken en betalen',
      scanTransfer: 'Betalen per overschrijving',
      portalCode: (url) => `QR-code die naar ${url} leidt.`,
      transferCode: (payee, amount, reference) =>
        `QR-code voor een SEPA-overschrijving van ${amount} aan ${payee}, kenmerk ${reference}.`,
    },
    charges: 'Kosten in detail',
    continued: (heading) => `${heading} (vervolg)`,
    column: {
      description: 'Omschrijving',
      quantity: 'Aantal',
      unitPrice: 'Stukprijs',
      tax: 'Belasting',
      amount: 'Bedrag',
      rate: 'Tarief',
      base: 'Belastbaar bedrag',
    },
    days: (days, of) => `${days} van ${of} dagen`,
    added: 'toegevoegd',
    removed: 'verwijderd',
    taxSummary: 'Belastingoverzicht',
    taxes: { VAT: 'Btw', GST: 'GST', HST: 'HST', PST: 'PST', RST: 'RST', QST: 'QST' },
    exempt: 'vrijgesteld',
    zeroRated: 'nultarief',
    reverseCharge: { short: 'Btw verlegd', sentence: 'Btw verlegd: de btw wordt door de afnemer voldaan.' },
    creditNote: {
      title: 'Creditnota',
      date: 'Datum',
      invoice: 'Factuur',
      credited: 'Gecrediteerd',
      corrects: (number, date) => `Corrigeert factuur ${number} van ${date}, die zelf ongewijzigd blijft.`,
      reason: 'Reden',
      reasons: {
        'dispute-upheld': 'bezwaar gegrond',
        'error-correction': 'fout gecorrigeerd',
        removal: 'dienst verwijderd',
      },
      details: 'Wat wordt gecrediteerd',
      settled: {
        heading: 'Wat ermee gebeurt',
        due: 'Minder te betalen op de factuur',
        disputed: 'Niet langer betwist',
        writtenOff: 'Minder afgeschreven',
        credit: 'Bewaard voor uw volgende facturen',
      },
    },
    questions: 'Vragen over deze factuur',
    dispute: {
      heading: 'Bezwaar',
      sentence: (until) =>
        `Bent u het niet eens met een bedrag, meld dit dan binnen 15 dagen na de factuurdatum, uiterlijk op ${until}.`,
    },
    accountsReceivable: 'Debiteurenadministratie',
    support: 'Klantenservice',
    page: (page, pages) => `Pagina ${page} van ${pages}`,
  },
  mail: {
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
  },
};
