import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type SuppressionReason = 'BOUNCE' | 'COMPLAINT';

/** SES's list of addresses that it mails to no more, kept in a file beside the mails. */
export class SuppressionList {
  private readonly directory: string;
  private readonly reasons: Map<string, SuppressionReason>;

  constructor(directory: string) {
    this.directory = directory;
    this.reasons = new Map(Object.entries(this.read()));
  }

  has(address: string): boolean {
    return this.reasons.has(address.toLowerCase());
  }

  add(address: string, reason: SuppressionReason): void {
    if (this.has(address)) return;
    this.reasons.set(address.toLowerCase(), reason);
    this.write();
  }

  /** False when it was not on it. */
  remove(address: string): boolean {
    const removed = this.reasons.delete(address.toLowerCase());
    if (removed) this.write();
    return removed;
  }

  private get file(): string {
    return join(this.directory, 'suppressed.json');
  }

  private read(): Record<string, SuppressionReason> {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, SuppressionReason>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }

  private write(): void {
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(this.file, JSON.stringify(Object.fromEntries(this.reasons)));
  }
}
