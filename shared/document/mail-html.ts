import type { MailAmounts, MailContent, MailFact } from './mail-content.ts';
import { ACCENT } from './styles.ts';

/**
 * Mails are read in programs that know tables and inline styles and little else; whoever knows more gets the dark dress and
 * the narrow one. Colours keep a contrast of 4.5 to what they stand on in both (WCAG 2.2, 1.4.3).
 */
const FONT = "font-family:'Source Sans 3','Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = '#14213d';
const QUIET = '#566176';
const STYLES = `:root { color-scheme: light dark; supported-color-schemes: light dark }
h1, h2, p, li, td { overflow-wrap: anywhere }
th { overflow-wrap: break-word }
@media (min-width: 481px) {
  .address { white-space: nowrap }
}
@media (max-width: 480px) {
  .page { padding: 0 !important }
  .card { border-radius: 0 !important }
  .inner, .foot { padding: 22px 18px !important }
  .value { font-size: 26px !important }
  .line { font-size: 14px !important }
  .action { width: 100% !important }
  .button { display: block !important; text-align: center }
}
@media (prefers-color-scheme: dark) {
  body, .body { background: #0f172a !important }
  .card { background: #172033 !important }
  .figure { background: #26344f !important }
  h1, h2, p, li, td, th { color: #e6ebf5 !important }
  .quiet, .quiet p, th { color: #b3bed1 !important }
  .line { border-color: #34425e !important }
}`;

/** The whole page. `preview` is shown beside the subject in lists of mails, and never in the mail itself. */
export function mailHtml(content: MailContent, preview: string): string {
  const { figure, steps, action, amounts = [], accent = ACCENT } = content;
  const language = escapeHtml(content.language);
  return `<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(content.subject)}</title>
<style>${STYLES}</style>
</head>
<body class="body" style="margin:0;padding:0;background:#f2f5fb">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true">${escapeHtml(preview)}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>
<table role="presentation" class="body" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f5fb"><tr><td align="center" class="page" style="padding:28px 12px">
<main lang="${language}">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:10px;border-top:5px solid ${escapeHtml(accent)}"><tr><td align="left" class="inner" style="padding:28px 32px;${FONT};font-size:16px;line-height:1.5;color:${INK}">
<p class="quiet" style="margin:0 0 18px;font-size:15px;font-weight:600;color:${QUIET}">${escapeHtml(content.sender)}</p>
<h1 style="margin:0 0 14px;font-size:23px;line-height:1.25;color:${INK}">${escapeHtml(content.heading)}</h1>
${paragraph(content.greeting)}
${figure === undefined ? '' : figureHtml(figure)}
${content.paragraphs.map(paragraph).join('\n')}
${steps === undefined ? '' : stepsHtml(steps.heading, steps.items)}
${buttonHtml(action, accent)}
${amounts.map(amountsHtml).join('\n')}
${factsHtml(content.facts)}
</td></tr></table>
</main>
<footer lang="${language}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td align="left" class="quiet foot" style="padding:18px 32px;${FONT};font-size:13px;line-height:1.5;color:${QUIET}">
${content.small.map((text) => `<p class="quiet" style="margin:0 0 6px;color:${QUIET}">${sentence(text)}</p>`).join('\n')}
</td></tr></table>
</footer>
</td></tr></table>
</body>
</html>
`;
}

const paragraph = (text: string) => `<p style="margin:0 0 14px;color:${INK}">${sentence(text)}</p>`;

function figureHtml({ label, value, note }: NonNullable<MailContent['figure']>): string {
  const below =
    note === undefined
      ? ''
      : `<p style="margin:4px 0 0;font-size:15px;line-height:1.4;color:#ffffff">${sentence(note)}</p>`;
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 18px"><tr><td class="figure" style="padding:16px 20px;background:${INK};border-radius:8px"><p style="margin:0;color:#ffffff"><span style="font-size:14px;color:#c9d3e8">${escapeHtml(label)}</span><br><strong class="value" style="font-size:30px;line-height:1.3;font-variant-numeric:tabular-nums">${escapeHtml(value)}</strong></p>${below}</td></tr></table>`;
}

/** A cell of its colour, so that it is a button for those programs too that ignore the padding of a link. */
const buttonHtml = ({ label, url }: MailContent['action'], accent: string): string =>
  `<table role="presentation" class="action" cellpadding="0" cellspacing="0" style="margin:22px 0 26px"><tr><td style="border-radius:6px;background:${escapeHtml(accent)}"><a class="button" href="${escapeHtml(url)}" style="display:inline-block;padding:13px 26px;border-radius:6px;background:${escapeHtml(accent)};color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></td></tr></table>`;

const stepsHtml = (heading: string, items: readonly string[]): string =>
  `${headingHtml(heading)}
<ol style="margin:0;padding-left:22px">${items.map((item) => `<li style="margin:0 0 7px;color:${INK}">${sentence(item)}</li>`).join('')}</ol>`;

const amountsHtml = ({ heading, sentence, rows }: MailAmounts): string =>
  `${headingHtml(heading)}\n${sentence === undefined ? '' : `<p style="margin:0;color:${INK}">${escapeHtml(sentence)}</p>`}${factsHtml(rows, AMOUNTS)}`;

const headingHtml = (text: string): string =>
  `<h2 style="margin:26px 0 6px;font-size:17px;line-height:1.3;color:${INK}">${escapeHtml(text)}</h2>`;

/** Which of the two gives way on a narrow screen: a name may be broken anywhere, an amount nowhere. */
const FACTS = { label: '', value: '' };
const AMOUNTS = { label: ';overflow-wrap:anywhere', value: ';white-space:nowrap' };

function factsHtml(facts: readonly MailFact[], breaking = FACTS): string {
  if (facts.length === 0) return '';
  const cell = 'padding:7px 0;border-top:1px solid #d8dee9;font-size:15px;vertical-align:top';
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th scope="row" class="line" align="left" style="${cell};padding-right:12px;font-weight:400;color:${QUIET}${breaking.label}">${escapeHtml(label)}</th><td class="line" align="right" style="${cell};color:${INK};font-variant-numeric:tabular-nums${breaking.value}">${escapeHtml(value)}</td></tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" style="margin:14px 0 0">${rows.join('')}</table>`;
}

/** Numbers of invoices and accounts have hyphens, at which they would be broken. Longer ones could be too wide. */
const UNBROKEN = /(?<![\w@.-])(?=[\w-]{1,28}(?![\w@-]))(?=[\w-]*\d)\w+(?:-\w+)+/g;
/** A date in any of our languages: `1 December 2026`, `1. Dezember 2026`, `1er décembre 2026`, `1 de diciembre de 2026`; `December 1, 2026`. */
const DATE = /\b\d{1,2}(?:er|º|\.)? (?:de )?\p{L}{3,10} (?:de )?\d{4}\b|\b\p{L}{3,10} \d{1,2}, \d{4}\b/gu;
/** So are addresses, which are read letter by letter; they may be wider than a telephone. */
const ADDRESS = /(?<![\w.+-])[\w.+-]{1,30}@[\w.-]{1,34}\w(?![\w-])/g;
const sentence = (text: string): string =>
  escapeHtml(text)
    .replace(UNBROKEN, ON_ONE_LINE)
    .replace(DATE, ON_ONE_LINE)
    .replace(ADDRESS, '<span class="address">$&</span>');
const ON_ONE_LINE = '<span style="white-space:nowrap">$&</span>';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
