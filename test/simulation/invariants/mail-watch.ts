import type { Item } from '../../../shared/aws/table.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { Delivery } from '../../../shared/domain/delivery.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import { Files } from '../world/files.ts';
import type { Accepted, PostOffice } from '../world/post-office.ts';
import type { World } from '../world/world.ts';
import { finalNotices, givenAt, noticeFor, onRecord, SUSPENSION, wasInTime } from './notices.ts';
import { must } from './violation.ts';

/** Longer than any function lives that read something before it changed. */
const LIFE_MS = 61_000;
/** Of an account, what news of a mail may change. */
const MAILS_OWN = ['recipients', 'version'];

/** What must hold at every moment of mails that come back, and of services that are cut and given back for it. */
export class MailWatch {
  /** When services were cut, by account and number; and when an invoice's own suspension was taken, by account, invoice and turn. */
  readonly cuts = new Map<string, string>();
  readonly #world: World;
  readonly #files: Files;
  readonly #undone = new Set<string>();
  /** Since when an address takes no mail, by account and address. */
  readonly #marked = new Map<string, number>();
  /** When what is known of a delivery changed last. */
  readonly #changed = new Map<string, number>();

  constructor(world: World, postOffice: PostOffice) {
    this.#world = world;
    this.#files = new Files(world);
    const { machine } = world;
    world.onWrite.push((before, after, by) => machine.guarded(() => this.#written(before, after, by?.name)));
    postOffice.onAccept.push((mail) => machine.guarded(() => this.#accepted(mail)));
  }

  #written(before: Item | undefined, after: Item | undefined, by = ''): void {
    const item = after ?? before;
    if (item === undefined) return;
    const sk = String(item.sk);
    if (by.startsWith('feedback/')) this.#byNews(before, after, sk);
    if (sk.startsWith('DELIVERY#')) this.#changed.set(`${item.pk} ${sk}`, this.#world.machine.now());
    if (sk.startsWith('RECEIVABLE#') && after) this.#dunned(after as unknown as Receivable);
    if (sk !== 'PROFILE' || !before || !after) return;
    const [was, is] = [before as unknown as Account, after as unknown as Account];
    this.#addresses(is);
    if (was.services.status === is.services.status) return;
    if (is.services.status === 'suspending') this.#cut(is);
    if (is.services.status === 'reactivating' && is.services.withoutNotice) this.#givenBack(was, is);
  }

  /** A bounce says something about a mail and an address, and nothing about money. */
  #byNews(before: Item | undefined, after: Item | undefined, sk: string): void {
    const changed = Object.keys({ ...before, ...after }).filter(
      (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
    );
    const isOwn = sk.startsWith('DELIVERY#') || (sk === 'PROFILE' && changed.every((name) => MAILS_OWN.includes(name)));
    must(isOwn, 'nothing but the mail and the address changes by a bounce', () => `${sk}: ${changed.join(', ')}`);
  }

  #dunned({ accountId, invoiceId, dunning }: Receivable): void {
    const name = `${accountId} ${invoiceId} ${dunning.turn ?? 1}`;
    if (dunning.step >= SUSPENSION && !this.cuts.has(name)) this.cuts.set(name, this.#world.machine.instant());
  }

  #addresses({ accountId, recipients }: Account): void {
    for (const { email, undeliverable } of recipients) {
      const address = `${accountId} ${email}`;
      if (!undeliverable) this.#marked.delete(address);
      else if (!this.#marked.has(address)) {
        this.#world.journal.saw(`an address stops: ${undeliverable.reason}`);
        this.#marked.set(address, this.#world.machine.now());
      }
    }
  }

  #accepted({ to, subject }: Accepted): void {
    const since = [...this.#marked].find(([address]) => address.endsWith(` ${to}`))?.[1];
    const late = since !== undefined && this.#world.machine.now() - since > LIFE_MS;
    must(!late, 'nothing is mailed to an address that stopped', () => `${subject} to ${to}`);
  }

  /** Whoever decided it may have read what was known a moment ago. */
  #cut(account: Account): void {
    const now = this.#world.machine.instant();
    this.cuts.set(`${account.accountId} ${account.services.number}`, now);
    const justified = this.#justifying(account, () => true).length > 0 || this.#isFresh(account);
    must(justified, 'nobody is cut for a notice that nobody has', () => `${account.accountId} at ${now}`);
  }

  #givenBack(before: Account, after: Account): void {
    const { accountId, services, balance } = after;
    const number = `${accountId} ${services.number}`;
    this.#world.journal.saw('services: back without notice');
    must(!this.#undone.has(number), 'a suspension is undone once', () => number);
    this.#undone.add(number);
    must(before.balance === balance, 'no money moves when services come back for a bounce', () => number);
    const justified = this.#justifying(after, isCutFor).length > 0 && !this.#isFresh(after);
    must(!justified, 'services stay off while a notice that somebody has justifies it', () => number);
  }

  /** Notices of those unpaid invoices that somebody has had for their full time. */
  #justifying({ accountId }: Account, which: (receivable: Receivable) => boolean): Delivery[] {
    const notices = finalNotices(this.#files, accountId);
    const now = this.#world.machine.instant();
    return this.#files
      .receivables(accountId)
      .filter((receivable) => receivable.due > 0 && which(receivable))
      .map((receivable) => noticeFor(notices, receivable))
      .filter((notice) => notice !== undefined)
      .filter((notice) => wasInTime(givenAt(notice, onRecord), now, this.#world.scenario.seller));
  }

  /** Whether what is known of a final notice has changed within the life of a function. */
  #isFresh({ accountId }: Account): boolean {
    const since = this.#world.machine.now() - LIFE_MS;
    return [...this.#changed].some(
      ([key, at]) => at >= since && key.startsWith(`ACCOUNT#${accountId} DELIVERY#`) && key.includes('final-notice'),
    );
  }
}

/** Services may be off for it: what a person has taken over is not cut for. */
const isCutFor = ({ dunning }: Receivable): boolean => dunning.step >= SUSPENSION && !dunning.handedOver;
