/** What any of our mails says, in reading order. Plain texts: they are escaped by `mailHtml` and nowhere else. */
export interface MailContent {
  /** BCP 47. */
  readonly language: string;
  readonly sender: string;
  /** The seller's colour, `#RRGGBB`, dark enough to be read on white; absent: ours. */
  readonly accent?: string | undefined;
  readonly subject: string;
  readonly heading: string;
  readonly greeting: string;
  /** The one figure that matters, before the words, and what is to be known of it at a glance. */
  readonly figure?: { readonly label: string; readonly value: string; readonly note?: string };
  readonly paragraphs: readonly string[];
  /** What the reader can do, in the order in which to try it. */
  readonly steps?: { readonly heading: string; readonly items: readonly string[] };
  readonly action: { readonly label: string; readonly url: string };
  /** Amounts that explain the figure. */
  readonly amounts?: readonly MailAmounts[];
  readonly facts: readonly MailFact[];
  readonly small: readonly string[];
}

export type MailFact = readonly [label: string, value: string];

export interface MailAmounts {
  readonly heading: string;
  readonly sentence?: string;
  readonly rows: readonly MailFact[];
}
