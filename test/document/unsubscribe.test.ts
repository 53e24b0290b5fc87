import { describe, expect, it } from 'vitest';
import { createMailer } from '../../shared/aws/mailer.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../shared/domain/delivery.ts';
import type { Mail } from '../../shared/ports.ts';
import { answering } from '../support/answering.ts';

/**
 * Why no mail of ours has a `List-Unsubscribe` (RFC 2369, RFC 8058): each carries out the contract, and one click in a mail
 * program must not end it. `document`: an invoice or what corrects, confirms or adds up invoices, which the seller has to
 * hand over. `consequence`: without it a customer loses service or money unheard. `money`: says what became of a payment that
 * the customer made. `contract`: what was asked for (a quote: Canada, CASL s. 6(6)(a)), ordered or given back.
 *
 * All are "transactional or relationship messages" (US, CAN-SPAM, 15 U.S.C. 7702(17)), confirm or carry out a transaction
 * (Canada, CASL s. 6(6)), and are no direct marketing (EU, Directive 2002/58/EC, Article 13). Who gets them is changed in the
 * portal or by staff, where one main contact always remains.
 */
const WHY_NOT: Readonly<Record<DocumentKind, 'document' | 'consequence' | 'money' | 'contract'>> = {
  invoice: 'document',
  'credit-note': 'document',
  'reminder-1': 'consequence',
  'reminder-2': 'consequence',
  'final-notice': 'consequence',
  'handed-over': 'consequence',
  suspended: 'consequence',
  reactivated: 'contract',
  'payment-failed': 'consequence',
  'authentication-needed': 'consequence',
  'payment-returned': 'consequence',
  'method-expiring': 'consequence',
  'payment-received': 'money',
  quote: 'contract',
  'quote-accepted': 'contract',
  cancellation: 'contract',
  'cancellation-withdrawn': 'contract',
};

const ACCEPTED = { status: 200, body: '<SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult>' };
const MAIL: Mail = {
  from: { name: 'Northwind Telecom', address: 'billing@northwind.example' },
  ...{ subject: 'Invoice', text: 'Hello', html: '<p>Hello</p>', attachments: [] },
};

describe('no mail may be unsubscribed from by one click', () => {
  it('for a reason that every document has', () => {
    expect(Object.keys(WHY_NOT).sort()).toEqual([...DOCUMENT_KINDS].sort());
  });

  it('and the one way out of here writes no such header, whatever a mail says', async () => {
    const { http, requests } = answering(ACCEPTED);
    const mail = { ...MAIL, subject: 'x\r\nList-Unsubscribe: <https://evil.example>' };
    await (await createMailer({ configurationSet: 'billing' }, http).compose(mail)).sendTo('anna@customer.example');
    const form = new URLSearchParams(Buffer.from(requests[0]!.body).toString('latin1'));
    const [head = ''] = Buffer.from(form.get('RawMessage.Data')!, 'base64').toString().split('\r\n\r\n');
    expect(head).not.toMatch(/^(List-|Precedence|Bulk)/im);
  });
});
