import axe, { type AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gallery } from '../../infra/mails/gallery.ts';
import { chromiumPath } from '../support/browser.ts';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** By night only the colours are others. */
const RULES = {
  light: { type: 'tag', values: STANDARDS },
  dark: { type: 'rule', values: ['color-contrast'] },
} as const;
const executablePath = chromiumPath();
const MAILS = gallery().map(
  ({ kind, variant, language, message }) => [`${kind} ${variant} ${language}`, message.html] as const,
);

describe.skipIf(executablePath === undefined)('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    page = await browser.newPage();
    // It outlives the contents of the page.
    await page.evaluate(axe.source);
  });
  afterAll(() => browser?.close());

  /** Axe’s findings, each with what it found and where. */
  async function faults(html: string, colorScheme: keyof typeof RULES): Promise<string[]> {
    await page.emulateMedia({ colorScheme });
    await page.setContent(html);
    const { violations, passes } = await page.evaluate((runOnly) => {
      const { axe: inPage } = globalThis as unknown as { axe: { run(how: object): Promise<AxeResults> } };
      return inPage.run({ runOnly, resultTypes: ['violations'] });
    }, RULES[colorScheme]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
  }

  it.each(MAILS)('%s: axe finds nothing, by day and by night', async (_name, html) => {
    expect(await faults(html, 'light')).toEqual([]);
    expect(await faults(html, 'dark')).toEqual([]);
  });

  it('axe does find what is wrong: a grey that is too light, by night', async () => {
    const html = MAILS[0]![1].replace('.quiet, .quiet p, th { color: #b3bed1', '.quiet, .quiet p, th { color: #33415c');
    expect(await faults(html, 'light')).toEqual([]);
    expect((await faults(html, 'dark')).join()).toContain('color-contrast');
  });

  it.each([320, 600])('all of them fit a screen of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const tooWide: string[] = [];
    for (const [name, html] of MAILS) {
      await page.setContent(html);
      if ((await page.evaluate('document.documentElement.scrollWidth')) !== width) tooWide.push(name);
    }
    expect(tooWide).toEqual([]);
  });
});
