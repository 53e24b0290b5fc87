interface Event {
  readonly time: number;
  /** Of two at the same time the one that was planned first comes first. */
  readonly order: number;
  readonly happen: () => void;
}

const earlier = (a: Event, b: Event): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);

/** What is planned, by time: a binary heap. */
export class EventQueue {
  readonly #heap: Event[] = [];
  #added = 0;

  get next(): number | undefined {
    return this.#heap[0]?.time;
  }

  add(time: number, happen: () => void): void {
    const heap = this.#heap;
    let at = heap.push({ time, order: this.#added++, happen }) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && earlier(heap[at]!, heap[parent]!); parent = (at - 1) >> 1) {
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  /** Takes the first event that is due by `now`. */
  due(now: number): (() => void) | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.time > now) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.happen;
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && earlier(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && earlier(heap[right]!, heap[least]!)) least = right;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}
