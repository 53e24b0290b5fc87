import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fate, fateAt } from './mail-fate.ts';

/** A message that was accepted, and what became of it. */
export interface KeptMail {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Path of the message as sent (`.eml`). */
  readonly file: string;
  readonly at: Date;
  /** What its sender said of it to SES, by name. */
  readonly tags: Readonly<Record<string, string>>;
  /** What becomes of it at each of `to`. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Those of `to` whom it did not reach: SES accepts their mail, and reports the bounce later. */
  readonly bounced: readonly string[];
}

const GIVEN_BACK: readonly Fate[] = ['bounces', 'mailbox-full', 'suppressed'];

/** Messages are listed up to here, oldest forgotten first; the files stay. */
const MAX_LISTED = 100_000;

/** Keeps every message as a file named by time and recipient. */
export class Mailbox {
  private readonly directory: string;
  private readonly fate: (address: string) => Fate;
  private readonly kept: KeptMail[] = [];
  private ready: Promise<unknown> | undefined;
  private readonly names = new Map<string, number>();
  private total = 0;

  /** `bounces` tells which addresses do not exist, besides those whose names say so (see `fateAt`). */
  constructor(directory: string, bounces: (address: string) => boolean = () => false) {
    this.directory = directory;
    this.fate = (address) => (bounces(address) ? 'bounces' : fateAt(address));
  }

  /** `isSuppressed` tells to which addresses SES does not send. */
  async keep(
    message: Buffer,
    mail: Pick<KeptMail, 'from' | 'to' | 'subject' | 'at' | 'tags'>,
    isSuppressed: (address: string) => boolean,
  ): Promise<KeptMail> {
    this.ready ??= mkdir(this.directory, { recursive: true });
    await this.ready;
    const file = await this.write(
      message,
      `${mail.at.toISOString().replace(/[:.]/g, '-')}-${(mail.to[0] ?? '').replace(/[^\w.@+-]/g, '_').slice(0, 100)}`,
    );
    const fates = new Map(mail.to.map((to) => [to, isSuppressed(to) ? 'suppressed' : this.fate(to)] as const));
    const bounced = mail.to.filter((to) => GIVEN_BACK.includes(fates.get(to)!));
    const kept: KeptMail = { ...mail, id: randomUUID(), file, fates, bounced };
    this.kept.push(kept);
    this.total += 1;
    if (this.kept.length > MAX_LISTED) this.kept.splice(0, MAX_LISTED / 10);
    return kept;
  }

  /** Oldest first. */
  list(): readonly KeptMail[] {
    return [...this.kept];
  }

  /** How many were ever kept. */
  get count(): number {
    return this.total;
  }

  /** Mails to one address in one millisecond are likely when the clock stands still: they are numbered. */
  private async write(message: Buffer, name: string): Promise<string> {
    for (let number = (this.names.get(name) ?? 0) + 1; ; number += 1) {
      const file = join(this.directory, `${name}${number === 1 ? '' : `-${number}`}.eml`);
      if (this.names.size > MAX_LISTED) this.names.clear();
      this.names.set(name, number);
      try {
        await writeFile(file, message, { flag: 'wx' });
        return file;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }
}
