/** The words for what a billing admin is let do (R9, C1); what each opens, the API says. */
export const GRANT_WORDS = ['view', 'pay', 'methods', 'addresses', 'subscriptions', 'quotes', 'exemption'] as const;
export type Grant = (typeof GRANT_WORDS)[number];

/** `everything`: as the master account holder may, who also says what the others may do. None: nothing any more. */
export type Grants = 'everything' | readonly Grant[];

/** By their subject in the user pool. Of whoever is not here, the token says what was granted. */
export type BillingAdmins = Readonly<Record<string, Grants>>;

/** What is on record of a billing admin; undefined: nothing. */
export const recordedGrants = (admins: BillingAdmins | undefined, subject: string): Grants | undefined =>
  admins !== undefined && Object.hasOwn(admins, subject) ? admins[subject] : undefined;
