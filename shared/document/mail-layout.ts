/** A mail without its addresses. */
export interface MailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What any of our mails says, in reading order. Plain texts: they are escaped here and nowhere else. */
export interface MailContent {
  readonly language: string;
  readonly sender: string;
  readonly subject: string;
  readonly heading: string;
  readonly greeting: string;
  /** The one figure that matters, before the words. */
  readonly figure?: { readonly label: string; readonly value: string };
  readonly paragraphs: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly steps?: { readonly heading: string; readonly items: readonly string[] };
  readonly action: { readonly label: string; readonly url: string };
  readonly small: readonly string[];
}

/** The same content as plain text and as HTML that needs neither images nor a network, in a light and a dark dress. */
export function layOutMail(content: MailContent): MailMessage {
  return { subject: oneLine(content.subject), text: asText(content), html: asHtml(content) };
}

/** Text for a header or a name: without line breaks and other controls, so that no header can be slipped in. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

function asText(content: MailContent): string {
  const { figure, steps, action } = content;
  const blocks = [
    content.heading,
    content.greeting,
    ...(figure === undefined ? [] : [`${figure.label}: ${figure.value}`]),
    ...content.paragraphs,
    content.facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    ...(steps === undefined
      ? []
      : [`${steps.heading}:\n${steps.items.map((item, i) => `${i + 1}. ${item}`).join('\n')}`]),
    `${action.label}: ${action.url}`,
    `-- \n${content.small.join('\n')}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const FONT = "font-family:'Source Sans 3','Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const DARK = `@media (prefers-color-scheme: dark) {
  body, .page { background: #0f172a !important }
  .card { background: #172033 !important }
  h1, h2, p, li, td, th { color: #e6ebf5 !important }
  .quiet, .quiet p, th { color: #a3afc4 !important }
  .line { border-color: #2c3850 !important }
}`;

function asHtml(content: MailContent): string {
  const { figure, steps, action } = content;
  const paragraph = (text: string) => `<p style="margin:0 0 14px">${escapeHtml(text)}</p>`;
  return `<!doctype html>
<html lang="${escapeHtml(content.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(oneLine(content.subject))}</title>
<style>${DARK}</style>
</head>
<body style="margin:0;background:#f2f5fb">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f5fb"><tr><td align="center" style="padding:28px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:10px;border-top:5px solid #0b5fff"><tr><td style="padding:28px 32px;${FONT};font-size:16px;line-height:1.5;color:#14213d">
<p class="quiet" style="margin:0 0 18px;font-size:15px;font-weight:600;color:#5f6b80">${escapeHtml(content.sender)}</p>
<h1 style="margin:0 0 14px;font-size:23px;line-height:1.25;color:#14213d">${escapeHtml(content.heading)}</h1>
${paragraph(content.greeting)}
${figure === undefined ? '' : figureHtml(figure.label, figure.value)}
${content.paragraphs.map(paragraph).join('\n')}
${content.facts.length === 0 ? '' : factsHtml(content.facts)}
${steps === undefined ? '' : stepsHtml(steps.heading, steps.items)}
<p style="margin:24px 0 8px"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#0b5fff;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>
</td></tr></table>
<table role="presentation" class="quiet" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td style="padding:18px 32px;${FONT};font-size:13px;line-height:1.5;color:#5f6b80">
${content.small.map((text) => `<p class="quiet" style="margin:0 0 6px">${escapeHtml(text)}</p>`).join('\n')}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

const figureHtml = (label: string, value: string): string =>
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 18px;background:#14213d;border-radius:8px"><tr><td style="padding:16px 20px;color:#ffffff"><span style="font-size:14px;color:#c9d3e8">${escapeHtml(label)}</span><br><strong style="font-size:30px;line-height:1.3;font-variant-numeric:tabular-nums">${escapeHtml(value)}</strong></td></tr></table>`;

function factsHtml(facts: MailContent['facts']): string {
  const cell = 'padding:7px 0;border-top:1px solid #d8dee9;font-size:15px;vertical-align:top';
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th scope="row" class="line" align="left" style="${cell};font-weight:400;color:#5f6b80">${escapeHtml(label)}</th><td class="line" align="right" style="${cell};color:#14213d">${escapeHtml(value)}</td></tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" style="margin:18px 0 0">${rows.join('')}</table>`;
}

const stepsHtml = (heading: string, items: readonly string[]): string =>
  `<h2 style="margin:22px 0 8px;font-size:17px;color:#14213d">${escapeHtml(heading)}</h2>
<ol style="margin:0;padding-left:22px">${items.map((item) => `<li style="margin:0 0 7px">${escapeHtml(item)}</li>`).join('')}</ol>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
