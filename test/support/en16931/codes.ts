import { decimals, type Rules } from './terms.ts';

const listed = (list: string) => {
  const codes = new Set(list.split(' '));
  return (code: string | undefined): boolean => code === undefined || codes.has(code);
};
/** ISO 3166-1 with what both syntaxes have beside it: a code of the list's own, and Northern Ireland. */
const COUNTRIES =
  '1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC ' +
  'CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD ' +
  'GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH ' +
  'KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW ' +
  'MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC ' +
  'SD SE SG SH SI SJ SK SL SM SN SO SR ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ ' +
  'VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW';
/** The list of CII still has the Netherlands Antilles, and not yet South Sudan. */
export const isCiiCountry = listed(`${COUNTRIES} AN`);
export const isUblCountry = listed(`${COUNTRIES} SS`);
/** What a VAT ID begins with: Greece's with letters that are no country's. */
const isVatCountry = listed(`${COUNTRIES} SS EL`);
export const isVatId = (id: string | undefined): boolean => id === undefined || isVatCountry(id.slice(0, 2));

/** Electronic addresses by the list of EN 16931, of 2026. */
const isAddressScheme = listed(
  '0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 ' +
    '0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 ' +
    '0220 0221 0225 0230 0235 0240 0242 0244 0245 0246 0248 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 ' +
    '9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 ' +
    '9950 9951 9952 9953 9957 9959 AN AQ AS AU EM',
);
/** Those that Peppol's network delivers to, fewer from year to year: what it has taken off is in the list above still. */
export const isPeppolScheme = listed(
  '0002 0007 0009 0060 0088 0096 0097 0106 0130 0135 0142 0151 0183 0184 0188 0190 0191 0192 0195 0196 0198 0199 0200 ' +
    '0201 0204 0208 0209 0210 0211 0216 0218 0221 0225 0230 0235 0240 0242 0244 0245 0246 0248 9910 9913 9914 9915 9918 ' +
    '9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 ' +
    '9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959',
);

/** Code lists: BR-CL. Of lists that are longer than what we bill with, only what we use. */
export const CODES: Rules = {
  'BR-CL-01': ({ type }) => listed('380 381')(type),
  'BR-CL-04': ({ currency }) => listed('AUD EUR GBP JPY')(currency),
  // A number sign in UBL's one note begins the code of a subject.
  'BR-CL-08': ({ syntax, notes }) => syntax === 'cii' || notes.every((note) => !note.includes('#')),
  'BR-CL-11': ({ seller, buyer }) => listed('0151')(seller.legalId?.scheme) && listed('0151')(buyer.legalId?.scheme),
  'BR-CL-16': ({ payment }) => payment.every(({ means }) => listed('1 20 30 42 48 57 58 68 97')(means)),
  'BR-CL-17': ({ taxes }) => taxes.every(({ category }) => listed('S Z E AE O')(category)),
  'BR-CL-18': ({ lines }) => lines.every(({ category }) => listed('S Z E AE O')(category)),
  'BR-CL-22': ({ taxes }) => taxes.every(({ reasonCode }) => listed('VATEX-EU-AE VATEX-EU-O')(reasonCode)),
  'BR-CL-23': ({ lines }) =>
    lines.every(({ unit, baseUnit }) => listed('C62 MIN')(unit) && listed('C62 MIN')(baseUnit)),
  'BR-CL-25': ({ seller, buyer }) =>
    isAddressScheme(seller.endpoint?.scheme) && isAddressScheme(buyer.endpoint?.scheme),
};

const cents = (text: string | undefined): boolean => decimals(text) <= 2;

/** No amount has more than two decimals: BR-DEC. */
export const DECIMALS: Rules = {
  'BR-DEC-09': ({ totals }) => cents(totals.lines),
  'BR-DEC-12': ({ totals }) => cents(totals.withoutTax),
  'BR-DEC-13': ({ totals }) => cents(totals.tax),
  'BR-DEC-14': ({ totals }) => cents(totals.withTax),
  'BR-DEC-16': ({ totals }) => cents(totals.prepaid),
  'BR-DEC-18': ({ totals }) => cents(totals.due),
  'BR-DEC-19': ({ taxes }) => taxes.every(({ base }) => cents(base)),
  'BR-DEC-20': ({ taxes }) => taxes.every(({ amount }) => cents(amount)),
  'BR-DEC-23': ({ lines }) => lines.every(({ amount }) => cents(amount)),
};
