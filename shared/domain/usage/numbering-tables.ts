/**
 * Who answers which numbers. Prefixes are digits after the `+`; a longer prefix is an exception from a shorter one. A
 * country is ISO 3166-1 alpha-2; `--` is a prefix that belongs to no single country.
 */

/** Calling codes of whole countries: ITU-T E.164, list of assigned country codes (Annex to Operational Bulletin 1114). */
const CALLING_CODES = `
  20 EG  211 SS 212 MA 213 DZ 216 TN 218 LY 220 GM 221 SN 222 MR 223 ML 224 GN 225 CI 226 BF 227 NE 228 TG 229 BJ
  230 MU 231 LR 232 SL 233 GH 234 NG 235 TD 236 CF 237 CM 238 CV 239 ST 240 GQ 241 GA 242 CG 243 CD 244 AO 245 GW
  246 IO 247 AC 248 SC 249 SD 250 RW 251 ET 252 SO 253 DJ 254 KE 255 TZ 256 UG 257 BI 258 MZ 260 ZM 261 MG 262 RE
  263 ZW 264 NA 265 MW 266 LS 267 BW 268 SZ 269 KM 27 ZA  290 SH 291 ER 297 AW 298 FO 299 GL
  30 GR  31 NL  32 BE  33 FR  34 ES  350 GI 351 PT 352 LU 353 IE 354 IS 355 AL 356 MT 357 CY 358 FI 359 BG 36 HU
  370 LT 371 LV 372 EE 373 MD 374 AM 375 BY 376 AD 377 MC 378 SM 379 VA 380 UA 381 RS 382 ME 383 XK 385 HR 386 SI
  387 BA 389 MK 39 IT  40 RO  41 CH  420 CZ 421 SK 423 LI 43 AT  44 GB  45 DK  46 SE  47 NO  48 PL  49 DE
  500 FK 501 BZ 502 GT 503 SV 504 HN 505 NI 506 CR 507 PA 508 PM 509 HT 51 PE  52 MX  53 CU  54 AR  55 BR  56 CL
  57 CO  58 VE  590 GP 591 BO 592 GY 593 EC 594 GF 595 PY 596 MQ 597 SR 598 UY 599 CW
  60 MY  61 AU  62 ID  63 PH  64 NZ  65 SG  66 TH  670 TL 672 NF 673 BN 674 NR 675 PG 676 TO 677 SB 678 VU 679 FJ
  680 PW 681 WF 682 CK 683 NU 685 WS 686 KI 687 NC 688 TV 689 PF 690 TK 691 FM 692 MH
  7 RU   81 JP  82 KR  84 VN  850 KP 852 HK 853 MO 855 KH 856 LA 86 CN  880 BD 886 TW
  90 TR  91 IN  92 PK  93 AF  94 LK  95 MM  960 MV 961 LB 962 JO 963 SY 964 IQ 965 KW 966 SA 967 YE 968 OM 970 PS
  971 AE 972 IL 973 BH 974 QA 975 BT 976 MN 977 NP 98 IR  992 TJ 993 TM 994 AZ 995 GE 996 KG 998 UZ
`;

/**
 * Countries within another's calling code. KZ: ITU Operational Bulletin (+7 6, +7 7). JE, GG, IM: Ofcom, National
 * Telephone Numbering Plan. YT, BL, MF: Arcep, plan national de numérotation. BQ: +599 3, 4, 7 (Bonaire, Saba, Sint
 * Eustatius). CX, CC: ACMA. AX, SJ, VA, EH, TA, AQ: the national plans that ITU publishes.
 */
const WITHIN = `
  76 KZ 77 KZ
  441534 JE 447509 JE 447797 JE 447829 JE 447937 JE 4477003 JE 4477007 JE 4477008 JE
  441481 GG 447781 GG 447839 GG 4479111 GG 4479117 GG
  441624 IM 447624 IM 447524 IM 447924 IM 4474576 IM
  262269 YT 2622689 YT 262639 YT
  59059027 BL 59059087 MF 5993 BQ 5994 BQ 5997 BQ
  6189162 CC 6189164 CX 35818 AX 4779 SJ 3906698 VA 2125288 EH 2125289 EH 2908 TA 6721 AQ
`;

/**
 * +1 is not a country. What is not listed here is an area code of the United States. NANPA, "Area codes by location";
 * Canada: CNA, "Canadian area codes" with its non-geographic 6XX. Puerto Rico is a country of its own here: what it costs
 * from the United States is up to the premium rates of the tariff (R105, C16).
 */
const NORTH_AMERICA: Readonly<Record<string, string>> = {
  CA:
    '204 226 236 249 250 257 263 273 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 468 474 506 514 519 ' +
    '548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942 ' +
    '600 622 633 644 655 677 688',
  AG: '268',
  AI: '264',
  AS: '684',
  BB: '246',
  BM: '441',
  BS: '242',
  DM: '767',
  DO: '809 829 849',
  GD: '473',
  GU: '671',
  JM: '658 876',
  KN: '869',
  KY: '345',
  LC: '758',
  MP: '670',
  MS: '664',
  PR: '787 939',
  SX: '721',
  TC: '649',
  TT: '868',
  VC: '784',
  VG: '284',
  VI: '340',
  // Toll-free, premium, personal and carrier numbers of all of North America.
  '--': '800 822 833 844 855 866 877 888 900 700 500 521 522 523 524 525 526 527 528 529 532 533 544 566 577 588',
};

const pairs = (text: string): [string, string][] =>
  [...text.matchAll(/(\d+) (\S+)/gu)].map(([, prefix = '', country = '']) => [prefix, country]);

const northAmerica = Object.entries(NORTH_AMERICA).flatMap(([country, areas]) =>
  areas.split(' ').map((area): [string, string] => [`1${area}`, country]),
);

/** Prefix → country, for longest-prefix match. */
export const COUNTRY_BY_PREFIX: ReadonlyMap<string, string> = new Map([
  ['1', 'US'],
  ...northAmerica,
  ...pairs(CALLING_CODES),
  ...pairs(WITHIN),
]);

/** Country → calling code: the plan within which its people dial. */
export const CALLING_CODE: ReadonlyMap<string, string> = new Map([
  ['US', '1'],
  ...northAmerica.map(([, country]): [string, string] => [country, '1']),
  ...pairs(CALLING_CODES).map(([prefix, country]): [string, string] => [country, prefix]),
  ...pairs(WITHIN).map(([prefix, country]): [string, string] => [country, callingCodeWithin(prefix)]),
]);

function callingCodeWithin(prefix: string): string {
  const codes = pairs(CALLING_CODES).map(([code]) => code);
  return codes.find((code) => prefix.startsWith(code)) ?? prefix;
}

/**
 * Ranges whose owner pays for the call. NANPA: 800, 833, 844, 855, 866, 877, 888 and the reserved 822. ACMA: 1800, and
 * 1300, for which the caller pays a local call at most. Ofcom: 0800, 0808. BNetzA: 0800. ComReg: 1800. ITU-T E.169: +800.
 */
export const TOLL_FREE = [
  ...['1800', '1822', '1833', '1844', '1855', '1866', '1877', '1888'],
  ...['611300', '611800', '44800', '44808', '49800', '3531800', '800'],
];

/** 3GPP TS 22.101 §10.1: every handset knows these, wherever it is. */
export const EMERGENCY_EVERYWHERE = ['112', '911'];
/** What is dialled beside them. GB, IE: 999. AU: 000, and 106 for text telephones (ACMA). DE: 110 (police). */
export const EMERGENCY: Readonly<Record<string, readonly string[]>> = {
  AU: ['000', '106'],
  DE: ['110'],
  GB: ['999'],
  IE: ['999'],
};
