import { describe, expect, it } from 'vitest';
import { formatsFor } from '../../shared/document/format.ts';
import { unitName } from '../../shared/document/line-words.ts';
import { TEXTS } from '../../shared/document/texts/by-language.ts';
import { MAIL_TEXTS } from '../../shared/document/texts/mails/by-language.ts';
import { QUOTE_TEXTS } from '../../shared/document/texts/quotes/by-language.ts';
import { LANGUAGES, type Language } from '../../shared/domain/account.ts';
import { everyText, having } from '../support/every-text.ts';

describe('every text', () => {
  it.each(LANGUAGES)('in %s has typographic apostrophes and quotes, and no space too many', (language) => {
    expect(having(everyText(language, '7 X'), /['"]| {2}|^ | $| [.,)]|\( |undefined|\[object/)).toEqual([]);
  });

  it.each(LANGUAGES)('in %s is as long as a customer has patience for', (language) => {
    expect(having(everyText(language, 'X'), /^.{330,}$/s)).toEqual([]);
  });

  it('keeps the quotes of its language', () => {
    const others: Record<Language, RegExp> = {
      ...{ en: /[«»„]/, nl: /[«»„]/, de: /[«»]|(?<!„[^”]*)“/, fr: /[„“”]/, it: /[„“”]/, es: /[„“”]/, pt: /[„“”]/ },
    };
    for (const language of LANGUAGES) expect(having(everyText(language, 'X'), others[language])).toEqual([]);
  });

  it('addresses the customer as companies do: never as a friend', () => {
    const familiar: Record<Language, RegExp> = {
      en: /\bthou\b/i,
      de: /\b(du|dir|dich|dein\w*|euch|eure\w*)\b/i,
      fr: /\b(tu|toi|ton|tes)\b/i,
      it: /\b(tu|tuo|tua|tuoi|tue|suo|sua|suoi|sue|lei)\b/i,
      es: /\b(tú|tu|tus|vosotros|vuestr\w+|vos)\b/i,
      pt: /\b(tu|teu|tua|teus|tuas|você|vocês)\b/i,
      nl: /\b(je|jij|jouw|jullie)\b/i,
    };
    for (const language of LANGUAGES) expect(having(everyText(language, 'X'), familiar[language])).toEqual([]);
  });
});

describe('English', () => {
  it('is American where one is billed in US dollars, and British elsewhere', () => {
    const british = /cheque|licence|apologis|organis|authoris|cancelled|favour|colour|honour/i;
    expect(having(everyText('en', 'X', 'USD'), british)).toEqual([]);
    expect(having(everyText('en', 'X', 'GBP'), british)).toHaveLength(6);
    expect(having(everyText('en', 'X', 'GBP'), /\bchecks?\b(?! (the|your))|license/i)).toEqual([]);
  });
});

describe('Portuguese', () => {
  it('is that of Portugal', () => {
    const brazilian =
      /\b(usuári|cadastr|arquiv|boleto|contato|registrad|planej|econôm|telefônic|anônim|gerenci|baixar|parcela|nota fiscal)/i;
    expect(having(everyText('pt', 'X'), brazilian)).toEqual([]);
    expect(having(everyText('pt', 'X'), /\b(utilizador|morada|faturação)/i).length).toBeGreaterThan(5);
  });
});

describe('French', () => {
  it('has a narrow space that does not break before ; ? ! and a whole one before : and inside its quotes', () => {
    const texts = everyText('fr', 'X');
    expect(having(texts, /[^\u202f][;?!]|[^\u00a0\d]:(?!\/)|«[^\u00a0]|[^\u00a0]»/)).toEqual([]);
  });

  it('elides before a month with a vowel', () => {
    const { ofMonth } = MAIL_TEXTS.fr.invoice;
    expect(['mars 2026', 'avril 2026', 'août 2026', 'octobre 2026'].map(ofMonth)).toEqual([
      'Votre facture de mars 2026',
      'Votre facture d’avril 2026',
      'Votre facture d’août 2026',
      'Votre facture d’octobre 2026',
    ]);
  });
});

describe('Italian', () => {
  it.each(['8 dicembre 2026', '11 dicembre 2026'])('elides the article before %s, wherever it stands', (date) => {
    expect(having(everyText('it', date), /\b([Ii]l|al|dal|del|nel|sul) (8|11) /)).toEqual([]);
    expect(having(everyText('it', date), /\b(l|all|dall|dell)’(8|11) dicembre/i).length).toBeGreaterThan(20);
  });

  it.each(['1º dicembre 2026', '18 dicembre 2026', '7 dicembre 2026'])('and does not before %s', (date) => {
    expect(having(everyText('it', date), /\b(l|all|dall|dell)’[17]/i)).toEqual([]);
  });

  it('elides it before a discount of 8 % and of 80 %, too', () => {
    expect(['8%', '8,5%', '10%', '11%', '18%', '80%'].map(QUOTE_TEXTS.it.discount)).toEqual([
      'sconto dell’8%',
      'sconto dell’8,5%',
      'sconto del 10%',
      'sconto dell’11%',
      'sconto del 18%',
      'sconto dell’80%',
    ]);
  });

  it('writes the first of a month as an ordinal, and no day with a zero before it', () => {
    const { date, period } = formatsFor('it', 'EUR');
    expect([date('2026-12-01'), date('2026-12-11')]).toEqual(['1º dicembre 2026', '11 dicembre 2026']);
    expect(period({ from: '2026-12-01', to: '2026-12-31' })).toBe('1º–31 dic 2026');
    expect(period({ from: '2026-12-05', to: '2026-12-09' })).toBe('5–9 dic 2026');
    expect(period({ from: '2026-11-15', to: '2026-12-01' })).toMatch(/^15 nov\s–\s1º dic 2026$/);
  });
});

/** None, one, a part, two. The singular of a part is French, that of none as well. */
const PLURALS: Record<Language, readonly [string, string, string, string]> = {
  en: ['minutes', 'minute', 'minutes', 'minutes'],
  fr: ['minute', 'minute', 'minute', 'minutes'],
  it: ['minuti', 'minuto', 'minuti', 'minuti'],
  de: ['Minuten', 'Minute', 'Minuten', 'Minuten'],
  es: ['minutos', 'minuto', 'minutos', 'minutos'],
  pt: ['minutos', 'minuto', 'minutos', 'minutos'],
  nl: ['minuten', 'minuut', 'minuten', 'minuten'],
};

describe('a quantity and its unit agree', () => {
  it.each(LANGUAGES)('in %s', (language) => {
    const { document } = TEXTS[language];
    const formats = formatsFor(language, 'EUR');
    expect([0, 1, 1.1, 2].map((quantity) => unitName('minute', quantity, document, formats))).toEqual(
      PLURALS[language],
    );
    expect(unitName('minute', -1, document, formats)).toBe(PLURALS[language][1]);
  });

  it.each<[Language, string, string]>([
    ['en', '1 of 31 days', '16 of 31 days'],
    ['fr', '1 sur 31 jours', '16 sur 31 jours'],
    ['it', '1 su 31 giorni', '16 su 31 giorni'],
    ['de', '1 von 31 Tagen', '16 von 31 Tagen'],
    ['es', '1 de 31 días', '16 de 31 días'],
    ['pt', '1 de 31 dias', '16 de 31 dias'],
    ['nl', '1 van 31 dagen', '16 van 31 dagen'],
  ])('in %s also for a part of a month: %s, %s', (language, one, many) => {
    const { days } = TEXTS[language].document;
    expect([days('1', '31'), days('16', '31')]).toEqual([one, many]);
  });

  it('and no verb of French, Italian, Spanish or Portuguese follows an amount, which may be 1.00', () => {
    const plural = /1,00 €\s(?:\S+ )?(?:restent|sont|ont|sono|restano|están|quedan|estão|foram|acrescem)\b/;
    for (const language of ['fr', 'it', 'es', 'pt'] as const)
      expect(having(everyText(language, '1,00 €'), plural)).toEqual([]);
  });
});
