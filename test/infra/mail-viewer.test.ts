import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from '../../infra/local/gateway/mailbox.ts';
import { type MailViewer, startMailViewer } from '../../infra/local/mail-viewer/server.ts';
import { gallery } from '../../infra/mails/gallery.ts';
import { chromiumPath } from '../support/browser.ts';

let directory: string;
let mailbox: Mailbox;
let viewer: MailViewer;
const PDF = Buffer.from('%PDF-1.7 …');

async function keep(minute: number, to: string, tags: Record<string, string>, html = '<p>Hello</p>') {
  const subject = `Invoice ${minute}: <b>£1.00</b>`;
  const message = await new MailComposer({
    ...{ from: 'billing@northwind.example', to, subject, html, text: 'Hello in plain text' },
    attachments: [{ filename: 'NTUK-1.pdf', contentType: 'application/pdf', content: PDF }],
  })
    .compile()
    .build();
  const at = new Date(Date.UTC(2026, 11, 1, 6, minute));
  return mailbox.keep(message, { from: 'billing@northwind.example', to: [to], subject, at, tags }, () => false);
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mail-viewer-'));
  mailbox = new Mailbox(directory);
  viewer = await startMailViewer({ mails: () => mailbox.list(), gallery });
  await keep(1, 'anna@acme.example', { document: 'invoice', account: 'acme_2e1' });
  await keep(2, 'bounce-ben@acme.example', { document: 'invoice', account: 'acme_2e1' });
  await keep(3, 'carla@other.example', { document: 'reminder-1', account: 'other' });
});
afterAll(async () => {
  await viewer?.stop();
  await rm(directory, { recursive: true, force: true });
});

const get = (path: string) => fetch(new URL(path, viewer.url));
const rowsOf = (page: string) => [...page.matchAll(/Invoice (\d+):/g)].map(([, number]) => Number(number));
const idAt = (index: number) => mailbox.list()[index]!.id;

describe('the list', () => {
  it('is newest first, with recipient, subject, account, kind and outcome', async () => {
    const page = await (await get('/mails')).text();
    expect(rowsOf(page)).toEqual([3, 2, 1]);
    for (const words of ['carla@other.example', 'acme.1', 'reminder-1', 'delivered', 'bounces', '3 mails'])
      expect(page).toContain(words);
  });

  it.each([
    ['kind=reminder-1', [3]],
    ['account=ACME.1', [2, 1]],
    ['to=ben@', [2]],
    ['outcome=bounces', [2]],
    ['kind=invoice&outcome=delivered&account=acme&to=', [1]],
    ['kind=quote', []],
  ])('shows with ?%s only what fits', async (query, expected) => {
    expect(rowsOf(await (await get(`/mails?${query}`)).text())).toEqual(expected);
  });

  it('comes in pages', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...mailbox.list()[0]!, id: String(index) }));
    const other = await startMailViewer({ mails: () => many, gallery: () => [] });
    const of = async (number: number) => (await fetch(`${other.url}?page=${number}`)).text();
    expect(rowsOf(await of(1))).toHaveLength(50);
    expect(rowsOf(await of(2))).toHaveLength(10);
    await other.stop();
  });

  it('shows what a mail says as text: no markup of a mail becomes markup of the page', async () => {
    const page = await (await get('/mails?account="><script>alert(1)</script>')).text();
    expect(page).not.toContain('<script');
    expect(await (await get('/mails')).text()).not.toContain('<b>£');
  });
});

describe('a mail', () => {
  it('is shown with its plain text, headers and attachments', async () => {
    const page = await (await get(`/mails/${idAt(0)}`)).text();
    for (const words of ['Hello in plain text', 'Content-Type', 'NTUK-1.pdf', 'application/pdf'])
      expect(page).toContain(words);
    const attachment = await get(`/mails/${idAt(0)}/attachments/0`);
    expect(Buffer.from(await attachment.arrayBuffer())).toEqual(PDF);
    expect(attachment.headers.get('content-disposition')).toBe('attachment; filename="NTUK-1.pdf"');
    expect(await (await get(`/mails/${idAt(0)}/source`)).text()).toContain('Subject:');
  });

  it('is in a sandbox whose policy lets it run and load nothing, wherever it is opened', async () => {
    expect(await (await get(`/mails/${idAt(0)}`)).text()).toMatch(/<iframe [^>]*sandbox=""/);
    const { headers } = await get(`/mails/${idAt(0)}/html`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
    );
    expect((await get('/mails')).headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each(['/mails/unknown', '/mails/unknown/html', '/mails/gallery/9999/html', '/elsewhere'])(
    'that is not there is not found: %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );
});

it('answers this machine only, and changes nothing', async () => {
  const { hostname, port } = new URL(viewer.url);
  const { request } = await import('node:http');
  const statusOf = (method: string, host: string) =>
    new Promise((resolve) =>
      request({ hostname, port, method, path: '/mails', headers: { host } }, ({ statusCode }) =>
        resolve(statusCode),
      ).end(),
    );
  expect(await statusOf('GET', 'rebound.example')).toBe(421);
  expect(await statusOf('POST', `127.0.0.1:${port}`)).toBe(405);
});

const executablePath = chromiumPath();
describe.skipIf(executablePath === undefined)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    // Axe is put into pages whose own policy lets nothing in.
    page = await browser.newPage({ bypassCSP: true });
  });
  afterAll(() => browser?.close());

  const open = (path: string) => page.goto(new URL(path, viewer.url).href);

  it.each(['light', 'dark'] as const)('axe finds nothing on its pages in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    for (const path of ['/mails', `/mails/${idAt(0)}`, '/mails/gallery?language=de&kind=suspended']) {
      await open(path);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => {
        const { axe: inPage } = globalThis as unknown as { axe: { run(how: object): Promise<AxeResults> } };
        return inPage.run({ iframes: false });
      });
      expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`)).toEqual([]);
    }
  });

  it('is used with the keyboard alone: filter, open a mail, go back', async () => {
    await open('/mails');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.focus('input[name=to]');
    await page.keyboard.type('carla');
    await page.keyboard.press('Enter');
    await page.waitForURL(/to=carla/);
    await page.focus('tbody a');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(idAt(2)));
    expect(await page.title()).toContain('Invoice 3');
  });

  it('keeps a script of a mail from running', async () => {
    const { id } = await keep(9, 'x@y.example', {}, '<p id="p">calm</p><script>p.textContent = "ran"</script>');
    const strict = await browser.newPage();
    await strict.goto(new URL(`/mails/${id}/html`, viewer.url).href);
    expect(await strict.textContent('#p')).toBe('calm');
    await strict.close();
  });

  it('shows a mail by night when asked to, whatever the screen is', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    const background = async (dress: string) => {
      await open(`/mails/gallery/0/html?dress=${dress}`);
      return page.evaluate('getComputedStyle(document.body).backgroundColor');
    };
    expect(await background('dark')).toBe('rgb(15, 23, 42)');
    expect(await background('light')).toBe('rgb(242, 245, 251)');
  });
});
