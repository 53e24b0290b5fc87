import { readFile } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import PostalMime, { type Attachment } from 'postal-mime';
import type { SampleMail } from '../../mails/gallery.ts';
import type { KeptMail } from '../gateway/mailbox.ts';
import { choices, type Filter, listed, matching } from './listing.ts';
import { galleryPage, type Look, listPage, mailPage, missingPage } from './pages.ts';
import { STYLES } from './styles.ts';

export interface ViewerOptions {
  /** Oldest first. */
  readonly mails: () => readonly KeptMail[];
  readonly gallery: () => readonly SampleMail[];
}

const PER_PAGE = 50;

/** Our own pages run no script and load nothing from anywhere else. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A mail may do less still: it is in a sandbox wherever it is opened, and only the styles inside of it hold. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

/** All mails that the stack has sent, and every mail that the product can send. Only reads. */
export function mailViewer({ mails, gallery }: ViewerOptions): Hono {
  const app = new Hono();
  let made: readonly SampleMail[] | undefined;
  const samples = () => (made ??= gallery());
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', PAGE_POLICY);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
  });
  app.notFound((c) => c.html(missingPage(), 404));
  app.get('/', (c) => c.redirect('/mails'));
  app.get('/styles.css', (c) => c.body(STYLES, 200, { 'content-type': 'text/css; charset=utf-8' }));

  app.get('/mails', (c) => {
    const filter = filterOf(c);
    const found = matching(mails(), filter);
    const page = Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1);
    const all = mails().map(listed);
    const rows = found.slice((page - 1) * PER_PAGE, page * PER_PAGE);
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    const chosen = { kinds: choices(all, 'kind'), outcomes: choices(all, 'outcome') };
    return c.html(listPage({ rows, found: found.length, page, pages, filter, ...chosen }));
  });

  app.get('/mails/gallery', (c) => {
    const [kind, language] = [c.req.query('kind') || undefined, c.req.query('language') ?? 'en'];
    const shown = samples()
      .map((sample, index) => ({ sample, index }))
      .filter(
        ({ sample }) => (kind === undefined || sample.kind === kind) && (!language || sample.language === language),
      );
    return c.html(galleryPage({ shown, samples: samples(), kind, language, ...lookOf(c) }));
  });
  app.get('/mails/gallery/:index/html', (c) => {
    const sample = samples()[Number(c.req.param('index'))];
    return sample ? mailHtml(c, sample.message.html) : c.notFound();
  });

  app.get('/mails/:id', async (c) => {
    const mail = find(mails(), c.req.param('id'));
    if (!mail) return c.notFound();
    return c.html(mailPage({ listed: listed(mail), parsed: await parsed(mail), ...lookOf(c) }));
  });
  app.get('/mails/:id/html', async (c) => {
    const mail = find(mails(), c.req.param('id'));
    const { html } = mail ? await parsed(mail) : {};
    return html === undefined ? c.notFound() : mailHtml(c, html);
  });
  app.get('/mails/:id/source', async (c) => {
    const mail = find(mails(), c.req.param('id'));
    if (!mail) return c.notFound();
    return download(c, await readFile(mail.file), 'message/rfc822', `${mail.id}.eml`);
  });
  app.get('/mails/:id/attachments/:number', async (c) => {
    const mail = find(mails(), c.req.param('id'));
    const attachment = mail && (await parsed(mail)).attachments[Number(c.req.param('number'))];
    if (!attachment) return c.notFound();
    return download(c, bytesOf(attachment), attachment.mimeType, attachment.filename ?? 'attachment');
  });
  return app;
}

const find = (mails: readonly KeptMail[], id: string): KeptMail | undefined => mails.find((mail) => mail.id === id);

const parsed = async ({ file }: KeptMail) =>
  PostalMime.parse(await readFile(file), { attachmentEncoding: 'arraybuffer' });

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);

function filterOf(c: Context): Filter {
  const asked = (name: string) => c.req.query(name)?.trim() || undefined;
  const [kind, account, to, outcome] = ['kind', 'account', 'to', 'outcome'].map(asked);
  return {
    ...(kind && { kind }),
    ...(account && { account }),
    ...(to && { to }),
    ...(outcome && { outcome }),
  };
}

function lookOf(c: Context): Look {
  const dress = c.req.query('dress');
  return {
    dress: dress === 'light' || dress === 'dark' ? dress : 'system',
    width: c.req.query('width') === 'narrow' ? 'narrow' : 'wide',
  };
}

/** A dress is chosen without a script: the mail's own rule for the dark is made to hold always, or never. */
const MEDIA = { light: 'not all', dark: 'all', system: '(prefers-color-scheme: dark)' } as const;

function mailHtml(c: Context, html: string): Response {
  const dressed = html.replaceAll('(prefers-color-scheme: dark)', MEDIA[lookOf(c).dress]);
  return c.html(dressed, 200, { 'content-security-policy': MAIL_POLICY });
}

function download(c: Context, bytes: Uint8Array, type: string, fileName: string): Response {
  const name = fileName.replaceAll(/[^\w.@+-]/g, '_');
  const headers = { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
  return c.body(Uint8Array.from(bytes), 200, headers);
}
