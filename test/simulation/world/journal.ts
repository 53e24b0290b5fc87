/** What a run leaves behind: a fingerprint of all that happened, what was covered and, when traced, every line. */
export class Journal {
  readonly lines: string[] = [];
  readonly covered = new Map<string, number>();
  readonly #traced: boolean;
  #low = 0x811c9dc5;
  #high = 0x1000193;
  #events = 0;

  constructor(traced = false) {
    this.#traced = traced;
  }

  log(line: string): void {
    this.#events++;
    // Two runs of FNV-1a with different beginnings: 64 bits.
    let [low, high] = [this.#low, this.#high];
    for (let index = 0; index < line.length; index++) {
      const code = line.charCodeAt(index);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x01000193);
    }
    this.#low = low;
    this.#high = high + 1;
    if (this.#traced) this.lines.push(line);
  }

  /** Counts a fault or an outcome that this run has had. */
  saw(what: string): void {
    this.covered.set(what, (this.covered.get(what) ?? 0) + 1);
  }

  /** The same for the same run, and practically never for another. */
  get fingerprint(): string {
    const hex = (part: number): string => (part >>> 0).toString(16).padStart(8, '0');
    return `${hex(this.#low)}${hex(this.#high)}-${this.#events}`;
  }
}
