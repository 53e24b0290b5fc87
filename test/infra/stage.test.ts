import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { readStage } from '../../infra/stage.ts';

const folder = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stages-'))}/`);
const written = (name: string, content: string) => writeFileSync(new URL(`${name}.json`, folder), content);
// biome-ignore lint/suspicious/noExplicitAny: the tests break it in ways that no type allows
const changed = (name: string, change: (stage: any) => void) => {
  const stage = JSON.parse(readFileSync(new URL('../../infra/stages/local.json', import.meta.url), 'utf8'));
  Object.assign(stage, { stage: name });
  change(stage);
  written(name, JSON.stringify(stage));
};

describe('a stage file', () => {
  it.each([
    ['sellers.1.timeZone', (s) => (s.sellers[1].timeZone = 'Toronto')],
    ['sellers.0.address.country', (s) => (s.sellers[0].address.country = 'USA')],
    ['sellers.0.address.country', (s) => Object.assign(s.sellers[0].address, { country: 'JP' })],
    ['sellers.2.numberPrefix', (s) => (s.sellers[2].numberPrefix = s.sellers[1].numberPrefix)],
    ['sellers.0.dunning.suspensionDay', (s) => (s.sellers[0].dunning.suspensionDay = 5)],
    ['products.0.prices.0.unitPrice', (s) => (s.products[0].prices[0].unitPrice = 24.95)],
    [
      'products.0.prices.1.from',
      (s) => s.products[0].prices.splice(1, 0, { ...s.products[0].prices[0], version: 'again' }),
    ],
    ['usage.4.domestic.0.micros', (s) => (s.usage[4].domestic[0].perMinute = '100.01')],
    ['mail.fromAddress', (s) => (s.mail.fromAddress = 'billing@elsewhere.example')],
    ['concurrency.collectPayment', (s) => (s.concurrency.collectPayment = 1)],
    ['logRetentionDays', (s) => (s.logRetentionDays = 31)],
    ['stage', (s) => (s.stage = 'other')],
    // biome-ignore lint/suspicious/noExplicitAny: see above
  ] as [string, (stage: any) => void][])('that is wrong in %s is refused with that name', (field, change) => {
    changed('wrong', change);
    expect(() => readStage('wrong', folder)).toThrow(`infra/stages/wrong.json is not valid:`);
    expect(() => readStage('wrong', folder)).toThrow(`\n  ${field}: `);
  });

  it('of a seller that bills in yen may have calls of more than 100 yen a minute', () => {
    changed('yen', (s) => {
      s.sellers[4].currency = 'JPY';
      s.usage[4].domestic[0].perMinute = '100.01';
    });
    expect(readStage('yen', folder).sellers[4]?.currency).toBe('JPY');
  });

  it('that does not exist is refused with what to copy', () => {
    expect(() => readStage('nowhere', folder)).toThrow('copy infra/stages/example.json');
  });

  it('cannot be reached outside of its folder', () => {
    expect(() => readStage('../../package')).toThrow('cannot name a stage');
  });

  it('that is not JSON is refused by name', () => {
    written('broken', '{');
    expect(() => readStage('broken', folder)).toThrow('infra/stages/broken.json is not JSON');
  });
});

describe('the sample telecom', () => {
  const { sellers, products } = readStage('local');
  const taxId = (sellerId: string, label: string) =>
    sellers.find((seller) => seller.sellerId === sellerId)?.taxIds.find((id) => id.label.startsWith(label))?.value ??
    '';

  it('has the five sellers, each with a currency of its own', () => {
    expect(sellers.map((seller) => [seller.sellerId, seller.currency])).toEqual([
      ['northwind-us', 'USD'],
      ['northwind-ca', 'CAD'],
      ['northwind-au', 'AUD'],
      ['northwind-uk', 'GBP'],
      ['northwind-ie', 'EUR'],
    ]);
  });

  it.each([
    ['CA', 'gst', 'northwind-ca', 'GST'],
    ['CA', 'qst', 'northwind-ca', 'QST'],
    ['AU', 'abn', 'northwind-au', 'ABN'],
    ['GB', 'vat', 'northwind-uk', 'VAT'],
    ['IE', 'vat', 'northwind-ie', 'VAT'],
    ['DE', 'vat', 'northwind-ie', 'USt'],
  ])('has a %s %s number with right check digits', (country, kind, sellerId, label) => {
    expect(stdnum[country]?.[kind]?.validate(taxId(sellerId, label)).isValid).toBe(true);
  });

  it.each(['example', 'local'])(
    'has bank accounts in %s at a bank that does not exist, with right check digits',
    (name) => {
      const accounts = readStage(name).sellers.flatMap(({ bankAccount }) => (bankAccount?.iban ? [bankAccount] : []));
      expect(accounts).not.toEqual([]);
      for (const { iban = '', bic } of accounts) {
        const [, country, check, account] = /^([A-Z]{2})(\d\d)(NWTL\d{14})$/.exec(iban.replaceAll(' ', '')) ?? [];
        const digits = `${account}${country}${check}`.replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36)));
        expect([bic?.slice(0, 6), BigInt(digits) % 97n]).toEqual([`NWTL${country}`, 1n]);
      }
    },
  );

  it('has a price for every product in every seller’s currency, and one price that changes at New Year 2027', () => {
    for (const product of products) {
      for (const { currency } of sellers) {
        expect(product.prices.filter((price) => price.currency === currency)[0]?.from).toBe('2025-01-01');
      }
    }
    const desk = products.find((product) => product.productId === 'desk-phone');
    const amounts = desk?.prices
      .filter((price) => price.currency === 'EUR')
      .filter((price) => price.interval === 'month')
      .map((price) => [price.from, price.pricing]);
    expect(amounts).toEqual([
      ['2025-01-01', { model: 'flat', unitMicros: 22_950_000 }],
      ['2027-01-01', { model: 'flat', unitMicros: 23_950_000 }],
    ]);
  });
});
