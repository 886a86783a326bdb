/** Something that will happen, unless it is cancelled before. */
export interface Scheduled {
  cancel(): void;
}

class Entry implements Scheduled {
  constructor(
    readonly at: number,
    readonly order: number,
    public action: (() => void) | undefined,
  ) {}

  cancel(): void {
    this.action = undefined;
  }
}

/** Discrete events on a clock of their own, in milliseconds since the start. */
export class Simulation {
  private readonly heap: Entry[] = [];
  private time = 0;
  private scheduled = 0;

  get now(): number {
    return this.time;
  }

  /** Events that are still to come, cancelled ones included. */
  get size(): number {
    return this.heap.length;
  }

  schedule(delayMs: number, action: () => void): Scheduled {
    this.scheduled += 1;
    const entry = new Entry(
      this.time + Math.max(0, delayMs),
      this.scheduled,
      action,
    );
    this.push(entry);
    return entry;
  }

  /** Lets everything happen that is due until a time, in order, what it causes included. */
  runUntil(time: number): void {
    for (
      let next = this.heap[0];
      next && next.at <= time;
      next = this.heap[0]
    ) {
      this.pop();
      if (next.action) {
        this.time = next.at;
        next.action();
      }
    }
    this.time = time;
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = Math.floor((at - 1) / 2);
      if (!before(entry, heap[parent])) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) {
      return;
    }
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) {
        break;
      }
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) {
        child += 1;
      }
      if (!before(heap[child], last)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at === b.at ? a.order < b.order : a.at < b.at;
}
