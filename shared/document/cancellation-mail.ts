import type { CancellationConfirmation } from '../domain/cancellation.ts';
import { dataSentences } from './cancellation-pdf.ts';
import { layOutMail, type MailMessage, oneLine } from './mail-layout.ts';
import { mailSetting } from './mail-setting.ts';
import { unbroken } from './next-step.ts';
import { PAPERS } from './texts/papers/by-language.ts';

/** The mail that confirms a cancellation (R71), with the day on which the content is deleted (C4). The PDF is attached by the sender. */
export function cancellationMail(of: CancellationConfirmation): MailMessage {
  const { texts, formats, frame } = mailSetting(of);
  const { cancellation: words } = PAPERS[of.language];
  const { product, requestedOn, renewal, subscriptionId, accountId, seller } = of;
  const endsOn = formats.date(of.endsOn);
  return layOutMail({
    ...frame,
    subject: words.subject(oneLine(product.name), endsOn),
    heading: words.heading,
    figure: { label: words.inServiceUntil, value: endsOn },
    paragraphs: [
      words.untilThen,
      words.noRefund,
      ...(renewal === undefined ? [] : [words.tooLate(unbroken(formats.date(renewal)))]),
      ...dataSentences(of, words, formats),
      words.reactivate(unbroken(endsOn)),
      texts.mail.attachedPdf,
    ],
    facts: [
      [words.product, oneLine(product.name)],
      [words.subscription, subscriptionId],
      [words.requestedOn, formats.date(requestedOn)],
      [words.requestedBy, words.by[of.by]],
      [texts.document.account, accountId],
    ],
    action: { label: words.portal, url: seller.support.portalUrl },
  });
}
