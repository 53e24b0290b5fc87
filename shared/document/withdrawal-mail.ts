import type { CancellationConfirmation, Withdrawal } from '../domain/cancellation.ts';
import { layOutMail, type MailMessage, oneLine } from './mail-layout.ts';
import { mailSetting } from './mail-setting.ts';
import { unbroken } from './next-step.ts';
import { papersFor } from './texts/papers/by-language.ts';
import { WITHDRAWAL_TEXTS } from './texts/withdrawals.ts';

/** The mail that confirms that a cancellation was taken back: what was confirmed before holds no longer. */
export function withdrawalMail(of: CancellationConfirmation, withdrawn: Withdrawal): MailMessage {
  const { texts, formats, frame } = mailSetting(of);
  const { cancellation: cancelled } = papersFor(of.language, of.currency);
  const words = WITHDRAWAL_TEXTS[of.language];
  const { product, subscriptionId, accountId, seller, endsOn, purgeOn } = of;
  const { renewal } = withdrawn;
  const date = (on: string): string => unbroken(formats.date(on));
  return layOutMail({
    ...frame,
    subject: words.subject(oneLine(product.name)),
    heading: words.heading,
    figure: { label: words.goesOnAfter, value: formats.date(endsOn) },
    paragraphs: [
      words.asBefore(date(endsOn)),
      ...(renewal === undefined ? [] : [words.renews(date(renewal.on), words.months(renewal.months))]),
      ...(renewal?.cancelBy === undefined ? [] : [words.cancelBy(date(renewal.cancelBy))]),
      words.notDeleted(date(purgeOn)),
      words.notYou,
    ],
    facts: [
      [words.product, oneLine(product.name)],
      [cancelled.subscription, subscriptionId],
      [words.withdrawnOn, formats.date(withdrawn.on)],
      [words.withdrawnBy, cancelled.by[withdrawn.by]],
      [texts.document.account, accountId],
    ],
    action: { label: cancelled.portal, url: seller.support.portalUrl },
  });
}
