import { html } from 'hono/html';
import type { Email } from 'postal-mime';
import type { SampleMail } from '../../mails/gallery.ts';
import type { Filter, ListedMail } from './listing.ts';

type Html = ReturnType<typeof html>;

/** In which dress and on how wide a screen a mail is shown. */
export interface Look {
  readonly dress: 'light' | 'dark' | 'system';
  readonly width: 'narrow' | 'wide';
}

/** `html` escapes whatever is put into it. */
const page = (title: string, content: Html) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Local mails</title>
    <link rel="stylesheet" href="/styles.css" />
  </head>
  <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header>
      <nav aria-label="Mails">
        <a href="/mails">Sent mails</a>
        <a href="/mails/gallery">Gallery</a>
      </nav>
    </header>
    <main id="content">
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>`;

interface ListView {
  readonly rows: readonly ListedMail[];
  readonly found: number;
  readonly page: number;
  readonly pages: number;
  readonly filter: Filter;
  readonly kinds: readonly string[];
  readonly outcomes: readonly string[];
}

export function listPage({ rows, found, page: at, pages, filter, kinds, outcomes }: ListView) {
  const to = (number: number) => `/mails?${new URLSearchParams({ ...filter, page: String(number) })}`;
  return page(
    'Sent mails',
    html`<form method="get" action="/mails" role="search" aria-label="Mails">
        ${choice('Kind', 'kind', kinds, filter.kind)} ${choice('Outcome', 'outcome', outcomes, filter.outcome)}
        ${field('Account', 'account', filter.account)} ${field('Recipient', 'to', filter.to)}
        <button>Show</button>
        <a href="/mails">Show all</a>
      </form>
      <p role="status">${found} ${found === 1 ? 'mail' : 'mails'}, newest first.</p>
      ${rows.length === 0 ? '' : table(rows)}
      <nav class="pages" aria-label="Pages">
        ${at > 1 ? html`<a href="${to(at - 1)}" rel="prev">Newer</a>` : ''}
        <span>Page ${at} of ${pages}</span>
        ${at < pages ? html`<a href="${to(at + 1)}" rel="next">Older</a>` : ''}
      </nav>`,
  );
}

const table = (rows: readonly ListedMail[]) => html`<div class="scrolls" tabindex="0" role="region" aria-label="Mails">
  <table>
    <thead>
      <tr>
        ${['Sent', 'Recipient', 'Subject', 'Kind', 'Account', 'Outcome'].map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ mail, to, kind, account, outcome }) => html`<tr>
          <td>${time(mail.at)}</td>
          <td>${to}</td>
          <td><a href="/mails/${mail.id}">${mail.subject}</a></td>
          <td>${kind ?? '–'}</td>
          <td>${account ?? '–'}</td>
          <td>${badge(outcome)}</td>
        </tr>`,
      )}
    </tbody>
  </table>
</div>`;

interface MailView extends Look {
  readonly listed: ListedMail;
  readonly parsed: Email;
}

export function mailPage({ listed: { mail, to, kind, account, outcome }, parsed, ...look }: MailView) {
  const facts = { Sent: time(mail.at), To: to, Kind: kind ?? '–', Account: account ?? '–', Outcome: badge(outcome) };
  const attachments = parsed.attachments.map(
    ({ filename, mimeType, content }, index) =>
      html`<li>
        <a href="/mails/${mail.id}/attachments/${index}">${filename ?? 'attachment'}</a> (${mimeType},
        ${Math.ceil((typeof content === 'string' ? content.length : content.byteLength) / 1024)} kB)
      </li>`,
  );
  return page(
    mail.subject,
    html`<dl>
        ${Object.entries(facts).map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
      <h2>Attachments</h2>
      ${attachments.length === 0 ? html`<p>None.</p>` : html`<ul>${attachments}</ul>`}
      <h2>HTML</h2>
      ${looks(`/mails/${mail.id}`, {}, look)} ${frame(`/mails/${mail.id}/html`, 'The mail as HTML', look)}
      <h2>Plain text</h2>
      <pre tabindex="0" aria-label="The mail as plain text">${parsed.text ?? ''}</pre>
      <h2>Headers</h2>
      <table class="headers">
        ${parsed.headers.map(
          ({ key, originalKey, value }) =>
            html`<tr>
              <th scope="row">${originalKey}</th>
              <td>${key === 'subject' ? parsed.subject : value}</td>
            </tr>`,
        )}
      </table>
      <p><a href="/mails/${mail.id}/source">Download the message (.eml)</a></p>`,
  );
}

interface GalleryView extends Look {
  readonly shown: readonly { readonly sample: SampleMail; readonly index: number }[];
  readonly samples: readonly SampleMail[];
  readonly kind: string | undefined;
  readonly language: string;
}

export function galleryPage({ shown, samples, kind, language, ...look }: GalleryView) {
  const all = (of: 'kind' | 'language') => [...new Set(samples.map((sample) => sample[of]))];
  const asked = { language, ...(kind && { kind }) };
  return page(
    'Gallery',
    html`<p>Every mail that the product sends, made by its own code for a sample customer.</p>
      <form method="get" action="/mails/gallery">
        ${choice('Language', 'language', all('language'), language)} ${choice('Kind', 'kind', all('kind'), kind)}
        <input type="hidden" name="dress" value="${look.dress}" />
        <input type="hidden" name="width" value="${look.width}" />
        <button>Show</button>
      </form>
      ${looks('/mails/gallery', asked, look)}
      <div class="gallery">
        ${shown.map(
          ({ sample, index }) => html`<article>
            <h2>${sample.kind}${sample.variant === '' ? '' : html` · ${sample.variant}`} (${sample.language})</h2>
            <p lang="${sample.language}">${sample.message.subject}</p>
            ${frame(`/mails/gallery/${index}/html`, `${sample.kind} ${sample.variant} ${sample.language}`, look)}
            <details>
              <summary>Plain text</summary>
              <pre lang="${sample.language}">${sample.message.text}</pre>
            </details>
          </article>`,
        )}
      </div>`,
  );
}

export const missingPage = () => page('Not here', html`<p>There is no such mail. <a href="/mails">All mails</a></p>`);

/** Nothing inside may run, open, submit or know where it is. */
const frame = (url: string, title: string, { dress, width }: Look) =>
  html`<iframe class="${width}" sandbox="" loading="lazy" src="${url}?dress=${dress}" title="${title}"></iframe>`;

function looks(path: string, asked: Readonly<Record<string, string>>, { dress, width }: Look) {
  const link = (label: string, changed: Partial<Look>, current: boolean) =>
    html`<a href="${path}?${new URLSearchParams({ ...asked, dress, width, ...changed }).toString()}" ${current ? html`aria-current="true"` : ''}>${label}</a>`;
  return html`<nav class="looks" aria-label="How it is shown">
    ${link('As this screen', { dress: 'system' }, dress === 'system')} ${link('By day', { dress: 'light' }, dress === 'light')}
    ${link('By night', { dress: 'dark' }, dress === 'dark')} ${link('Wide', { width: 'wide' }, width === 'wide')}
    ${link('320 px', { width: 'narrow' }, width === 'narrow')}
  </nav>`;
}

const choice = (label: string, name: string, values: readonly string[], chosen: string | undefined) =>
  html`<label
    >${label}
    <select name="${name}">
      <option value="">all</option>
      ${values.map((value) => html`<option ${value === chosen ? html`selected` : ''}>${value}</option>`)}
    </select></label
  >`;
const field = (label: string, name: string, value = '') =>
  html`<label>${label} <input name="${name}" value="${value}" /></label>`;
const badge = (outcome: string) =>
  html`<span class="badge ${outcome === 'delivered' ? 'good' : 'bad'}">${outcome}</span>`;
const time = (at: Date) =>
  html`<time datetime="${at.toISOString()}">${at.toISOString().slice(0, 19).replace('T', ' ')}</time>`;
