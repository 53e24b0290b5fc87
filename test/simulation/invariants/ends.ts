import { sha256Of } from '../../../shared/delivery/stored-pdf.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { Delivery } from '../../../shared/domain/delivery.ts';
import type { PaymentAttempt } from '../../../shared/domain/receivable.ts';
import type { Files } from '../world/files.ts';
import type { Functions } from '../world/functions.ts';
import type { Outside } from '../world/outside.ts';
import type { PostOffice } from '../world/post-office.ts';
import type { World } from '../world/world.ts';
import { must } from './violation.ts';

/** Methods of the local processor that always pay. */
const GOOD = /^pm_(card_visa|sample_paypal)__/;
const LEAST_CHARGE = 50;

/** Nothing is left undone: no work waits, no attempt is open, no dead letter unexplained, no autopay that could pay. */
export function checkEnds(world: World, files: Files, { outside, postOffice }: Functions): void {
  const waiting = world.memory
    .items()
    .filter(({ workPk }) => /^(RUN|DELIVERY|RECEIVABLE|SERVICE)#/.test(String(workPk)));
  must(waiting.length === 0, 'no work waits for ever', () => waiting.map(({ sk }) => sk).join(', '));
  const letters = files.openDeadLetters();
  must(letters.length === 0, 'no dead letter is left', () =>
    letters.map((of) => `${of.jobKey}: ${of.reason}`).join(', '),
  );
  for (const { account } of world.scenario.accounts) {
    const { accountId } = account;
    for (const { key, outcome } of files.under<PaymentAttempt>(accountId, 'ATTEMPT#'))
      must(outcome !== undefined, 'no attempt is open for ever', () => key);
    checkServices(files, files.account(accountId), outside);
    checkAutopay(files, files.account(accountId));
  }
  checkMails(postOffice);
  checkPdfs(world, files, outside, postOffice);
}

/** Services are on where nothing is owed, provisioning knows as much, and it was told of every change. */
function checkServices(files: Files, { accountId, services, balance }: Account, { announced }: Outside): void {
  const { status, number } = services;
  const detail = () => `${accountId}: ${status} with a balance of ${balance}`;
  must(status === 'active' || status === 'suspended', 'a change of services is confirmed', detail);
  // A debt that was given up is not paid: services stay off after it, unless finance said otherwise (R130).
  const givenUp = files.receivables(accountId).some(({ writtenOff = 0 }) => writtenOff > 0);
  must(status === 'active' || balance > 0 || givenUp, 'services come back at 0.00', detail);
  const told = announced.filter((event) => event.accountId === accountId);
  for (let each = 1; each <= number; each++) {
    const back = told.some((event) => event.number === each && event.action === 'reactivate');
    const off = told.some((event) => event.number === each && event.action === 'suspend');
    const expected = each < number || status === 'active';
    must(back === expected, 'each suspension has its reactivation', () => `${accountId} ${each}: told ${back}`);
    must(off || back, 'provisioning is told of a suspension', () => `${accountId} ${each}`);
  }
  must(
    told.every((event) => event.number <= number && event.eventId === `${accountId}#${event.number}#${event.action}`),
    'an event has one identity',
    () => accountId,
  );
}

/** Where autopay has a method that pays, nothing that can be charged is left unpaid. */
function checkAutopay(files: Files, { accountId, autopay, defaultMethodId }: Account): void {
  const method = files.methods(accountId).find(({ methodId }) => methodId === defaultMethodId);
  if (!autopay || !method || !GOOD.test(method.processorMethod)) return;
  for (const { invoiceId, due, collection } of files.receivables(accountId))
    must(
      due < LEAST_CHARGE,
      'autopay collects what it can',
      () => `${accountId} ${invoiceId}: ${due} ${collection.state}`,
    );
}

/** Each recipient gets each sending of a document at most once. */
function checkMails({ mails }: PostOffice): void {
  const seen = new Set<string>();
  for (const { sending, to, subject } of mails) {
    const mail = `${sending} to ${to}`;
    must(!seen.has(mail), 'a document is mailed once to each', () => `${subject}: ${mail}`);
    seen.add(mail);
  }
}

/** The PDF of each invoice and credit note is stored, its hash is on record, and nothing else was ever mailed. */
function checkPdfs({ scenario }: World, files: Files, { objects }: Outside, { mails }: PostOffice): void {
  const recorded = new Set<string>();
  for (const { account } of scenario.accounts)
    for (const { about, pdf } of files
      .under<Delivery>(account.accountId, 'DELIVERY#')
      .filter(({ document }) => document === 'credit-note' || document === 'invoice')) {
      const { key = '', sha256 = '' } = pdf ?? {};
      const bytes = objects.get(key);
      const isOnRecord = bytes !== undefined && sha256Of(bytes) === sha256;
      must(isOnRecord, 'the PDF of a document is the one on record', () => about);
      recorded.add(sha256);
    }
  for (const { subject, attached } of mails)
    for (const sha256 of attached)
      must(recorded.has(sha256), 'what is mailed of a document is what is on record', () => subject);
}
