import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Hello ${name},`,
  view: 'View invoice',
  pay: 'Pay now',
  openPortal: 'Open customer portal',
  updateMethod: 'Update payment method',
  confirmPayment: 'Confirm payment',
  toPay: 'Amount due',
  balance: 'Unpaid balance',
  amountPaid: 'Amount paid',
  attached: 'The invoice is attached as a PDF.',
  attachedPdf: 'The document is attached as a PDF.',
  questions: (email, phone) => `Questions? Write to ${email} or call ${phone}.`,
  why: (account) => `You receive this message because billing mail for account ${account} goes to this address.`,
  invoice: {
    subject: (w) => `Invoice ${w.number}: ${w.amount}, due ${w.dueDate}`,
    settled: (w) => `Invoice ${w.number}: nothing to pay`,
    ofMonth: (month) => `Your invoice for ${month}`,
    ofPurchase: (date) => `Your invoice for your purchase of ${date}`,
  },
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} (${w.invoiceNumber})`,
    heading: `We have credited you ${w.amount}`,
    paragraphs: [`${w.number} corrects invoice ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} comes off what you still have to pay on this invoice.`,
    disputed: (amount) => `You had disputed ${amount} of it; you no longer have to pay that.`,
    writtenOff: (amount) => `${amount} of it had already been written off and remains so.`,
    credit: (amount) => `We keep ${amount} as your credit and deduct it from your next invoices.`,
  },
  notices: {
    'reminder-1': (w) => ({
      subject: `Reminder: ${w.amount} was due ${w.dueShort} (${w.number})`,
      heading: 'A friendly reminder',
      paragraphs: [
        `${w.amount} for invoice ${w.number} was due on ${w.dueDate}, and we have not received it yet.`,
        'If you have paid in the last few days, please disregard this message.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Second reminder: ${w.amount} was due ${w.dueShort} (${w.number})`,
      heading: 'Your invoice is still unpaid',
      paragraphs: [
        `${w.amount} for invoice ${w.number} was due on ${w.dueDate} and is still unpaid. Please pay it now.`,
        'If something about the invoice is wrong, please let us know.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Final notice: ${w.amount}; suspension on ${w.suspensionShort} (${w.number})`,
      heading: 'Final notice before suspension',
      paragraphs: [
        `${w.amount} for invoice ${w.number} was due on ${w.dueDate} and is unpaid.`,
        `If we do not receive your payment, we will suspend your services on ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Final notice: please pay ${w.amount} before ${w.handOverShort} (${w.number})`,
      heading: 'Final notice',
      paragraphs: [
        `${w.amount} for invoice ${w.number} was due on ${w.dueDate} and is unpaid.`,
        `If we do not receive your payment, our Accounts Receivable team takes over on ${w.handOverOn}.`,
        `The team will arrange payment and service with you. You can reach it now: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Please contact Accounts Receivable: ${w.amount} (${w.number})`,
      heading: 'Please contact Accounts Receivable',
      paragraphs: [
        `${w.amount} for invoice ${w.number} was due on ${w.dueDate} and is unpaid.`,
        'Our Accounts Receivable team has taken over and will arrange payment and service with you.',
        `Please write to ${w.email} or call ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Your services are suspended: ${w.balance} is unpaid`,
      heading: 'Your services are suspended',
      paragraphs: [
        `${w.seller} has suspended your services because invoices are unpaid.`,
        `As soon as the unpaid balance of ${w.balance} is paid in full, they are switched on again automatically.`,
      ],
    }),
    reactivated: () => ({
      subject: 'Your services are active again',
      heading: 'Your services are active again',
      paragraphs: ['Nothing is overdue any more, and all your services work again.', 'Thank you for your payment.'],
    }),
    'payment-failed': (w) => ({
      subject: `Payment failed: invoice ${w.number}, ${w.amount}`,
      heading: 'Your payment did not go through',
      paragraphs: [
        `We could not charge ${w.amount} to ${w.method} for invoice ${w.number}.`,
        w.next.kind === 'retry'
          ? `We will try again on ${w.next.on}. You can also pay sooner: with the same payment method after one hour, with another one right away.`
          : 'We will not try this payment method again. Please add another one or pay in the customer portal.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Please confirm your payment: invoice ${w.number}, ${w.amount}`,
      heading: 'Please confirm your payment',
      paragraphs: [
        `Your bank asks you to confirm the payment of ${w.amount} with ${w.method} for invoice ${w.number}.`,
        'Open the payment in the customer portal and follow your bank’s instructions. Nothing has been charged yet.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Payment returned: ${w.amount} for invoice ${w.number}`,
      heading: 'Your bank has returned a payment',
      paragraphs: [
        `We had received your payment of ${w.amount} by ${w.method} for invoice ${w.number}, but your bank has taken it back. The invoice is unpaid again.`,
        w.next.kind === 'retry'
          ? `We will try again on ${w.next.on}. You can also pay sooner in the customer portal.`
          : 'We will not debit this account again. Please pay in the customer portal or add another payment method.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Your payment method ${w.method} expires in ${w.expires}`,
      heading: 'A payment method is about to expire',
      paragraphs: [
        `${w.method} expires at the end of ${w.expires}.`,
        'Please add a new one in the customer portal in time, so that your invoices go on being paid automatically.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Payment received: ${w.amount} for invoice ${w.number}`,
      heading: 'Thank you for your payment',
      paragraphs: [
        `We have received ${w.amount} for invoice ${w.number}.`,
        ...(w.settled ? ['There is nothing left to pay.'] : []),
      ],
    }),
  },
  steps: {
    heading: 'What you can do, in this order',
    card: {
      checkDetails: 'Check the card details: name and address must match those your card issuer has.',
      askIssuer: 'Ask your card issuer whether the payment was blocked or your limit has been reached.',
      otherCard: 'Try another card, ideally from another issuer.',
      authentication:
        'In the EU and the UK your bank may ask for strong authentication: enter the card again on the payment page and follow its instructions.',
    },
    debit: {
      checkDetails: 'Check the account details and whether the account has enough funds.',
      askBank: 'Ask your bank whether it refused the debit and why.',
      otherMethod: 'Try another payment method, such as a card.',
    },
    waitADay: 'If the page says that you have used all your attempts, wait 24 hours.',
    contactSupport: (email, phone) => `If nothing helps, contact us: ${email}, ${phone}.`,
  },
};
