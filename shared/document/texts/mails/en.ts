import type { MailTexts } from '../mail-texts.ts';

export const mail: MailTexts = {
  greeting: (name) => `Hello ${name},`,
  view: 'View invoice',
  pay: 'Pay now',
  updateMethod: 'Update payment method',
  confirmPayment: 'Confirm payment',
  balance: 'Unpaid balance',
  amountPaid: 'Amount paid',
  attached: 'The invoice is attached as a PDF.',
  questions: (email, phone) => `Questions? Write to ${email} or call ${phone}.`,
  why: (account) => `You receive this message because this address gets the billing mail of account ${account}.`,
  invoice: (w) => ({
    subject: `Invoice ${w.number}: ${w.amount}, due ${w.dueDate}`,
    heading: 'Your invoice is here',
    paragraphs: [`This is your invoice ${w.number} for ${w.month}.`],
  }),
  creditNote: (w) => ({
    subject: `${w.title} ${w.number}: ${w.amount} for invoice ${w.invoiceNumber}`,
    heading: `We have credited you ${w.amount}`,
    paragraphs: [`With ${w.number} we correct invoice ${w.invoiceNumber}.`],
  }),
  credited: {
    due: (amount) => `${amount} comes off what you still have to pay on this invoice.`,
    disputed: (amount) => `${amount} of it is what you had contested; you no longer have to pay that.`,
    writtenOff: (amount) => `${amount} of it was written off already and stays written off.`,
    credit: (amount) => `We keep ${amount} as credit for you and deduct it from your next invoices.`,
  },
  attachedPdf: 'The document is attached as a PDF.',
  notices: {
    'reminder-1': (w) => ({
      subject: `Reminder: invoice ${w.number}, ${w.amount}, was due ${w.dueDate}`,
      heading: 'A friendly reminder',
      paragraphs: [
        `We have not received a payment for invoice ${w.number} yet. ${w.amount} was due on ${w.dueDate}.`,
        'If you have paid in the last few days, please disregard this message.',
      ],
    }),
    'reminder-2': (w) => ({
      subject: `Second reminder: invoice ${w.number}, ${w.amount}, was due ${w.dueDate}`,
      heading: 'Your invoice is still unpaid',
      paragraphs: [
        `Invoice ${w.number} is still open. ${w.amount} was due on ${w.dueDate}. Please pay it now.`,
        'If something about the invoice is wrong, please contact us.',
      ],
    }),
    'final-notice': (w) => ({
      subject: `Final notice: invoice ${w.number}, ${w.amount}; suspension on ${w.suspensionOn}`,
      heading: 'Final notice before suspension',
      paragraphs: [
        `Invoice ${w.number} over ${w.amount} was due on ${w.dueDate} and is unpaid.`,
        `If we do not receive your payment, we will suspend your services on ${w.suspensionOn}.`,
      ],
    }),
    'final-notice-receivables': (w) => ({
      subject: `Final notice: invoice ${w.number}, ${w.amount}; Accounts Receivable takes over on ${w.handOverOn}`,
      heading: 'Final notice',
      paragraphs: [
        `Invoice ${w.number} over ${w.amount} was due on ${w.dueDate} and is unpaid.`,
        `If we do not receive your payment, our Accounts Receivable team takes over on ${w.handOverOn}.`,
        `It arranges payment and service with you; you can reach it now: ${w.email}, ${w.phone}.`,
      ],
    }),
    'handed-over': (w) => ({
      subject: `Invoice ${w.number}, ${w.amount}: please contact Accounts Receivable`,
      heading: 'Please contact Accounts Receivable',
      paragraphs: [
        `Invoice ${w.number} over ${w.amount} was due on ${w.dueDate} and is unpaid.`,
        'Our Accounts Receivable team has taken over and arranges payment and service with you.',
        `Please write to ${w.email} or call ${w.phone}.`,
      ],
    }),
    suspended: (w) => ({
      subject: `Your services are suspended; unpaid balance ${w.balance}`,
      heading: 'Your services are suspended',
      paragraphs: [
        `Because invoices are unpaid, ${w.seller} has suspended your services.`,
        `They are switched on again by themselves as soon as the unpaid balance of ${w.balance} is settled in full.`,
      ],
    }),
    reactivated: (w) => ({
      subject: 'Your services are active again',
      heading: 'Your services are active again',
      paragraphs: [
        'Your unpaid balance is settled, and all your services work again.',
        `${w.seller} thanks you for staying.`,
      ],
    }),
    'payment-failed': (w) => ({
      subject: `Payment failed: invoice ${w.number}, ${w.amount}`,
      heading: 'Your payment did not go through',
      paragraphs: [
        `We could not charge ${w.amount} to ${w.method} for invoice ${w.number}.`,
        w.next.kind === 'retry'
          ? `We will try again on ${w.next.on}. You can also pay sooner; the same card can be used again after one hour, another one at once.`
          : 'We will not try this payment method again. Please add another one or pay in the portal.',
      ],
    }),
    'authentication-needed': (w) => ({
      subject: `Please confirm your payment: invoice ${w.number}, ${w.amount}`,
      heading: 'Please confirm your payment',
      paragraphs: [
        `Your bank asks you to confirm the payment of ${w.amount} with ${w.method} for invoice ${w.number}.`,
        'Open the portal, choose the payment and follow the instructions of your bank. Nothing has been charged yet.',
      ],
    }),
    'payment-returned': (w) => ({
      subject: `Payment returned: ${w.amount} for invoice ${w.number}`,
      heading: 'Your bank has returned a payment',
      paragraphs: [
        `Your payment of ${w.amount} by ${w.method} for invoice ${w.number} had arrived and was taken back by your bank. The invoice is unpaid again.`,
        w.next.kind === 'retry'
          ? `We will try again on ${w.next.on}. You can also pay sooner in the portal.`
          : 'We will not debit this account again. Please pay in the portal or add another payment method.',
      ],
    }),
    'method-expiring': (w) => ({
      subject: `Your payment method ${w.method} expires ${w.expires}`,
      heading: 'A payment method is about to expire',
      paragraphs: [
        `${w.method} expires at the end of ${w.expires}.`,
        'Please add a new one in the portal in time, so that your invoices go on being paid by themselves.',
      ],
    }),
    'payment-received': (w) => ({
      subject: `Payment received: ${w.amount} for invoice ${w.number}`,
      heading: 'Thank you for your payment',
      paragraphs: [`We have received ${w.amount} for invoice ${w.number}.`],
    }),
  },
  steps: {
    heading: 'What you can do, in this order',
    checkDetails: 'Check the card details; name and address must match those your card issuer has.',
    askIssuer: 'Ask your card issuer whether the payment was blocked or your limit is reached.',
    otherCard: 'Try another card, ideally of another issuer.',
    authentication:
      'In the EU and the UK your bank may ask for strong authentication: enter the card again on the payment page and follow its instructions.',
    waitADay: 'If the page says that the number of attempts is used up, wait 24 hours.',
    contactSupport: (email, phone) => `If nothing helps, contact us: ${email}, ${phone}.`,
  },
};
