import { Fault } from '../../faults/Fault';
import { ActiveFault, befalls, Faults } from '../../faults/Faults';
import { ObjectStore } from '../../store/ObjectStore';
import { ResourceKind } from '../../store/ResourceKind';
import { WatchStream } from './WatchStream';

const ENDS_WATCHES = new Set([
  'drop-watch',
  'expire-watch',
  'starting',
  'unserved',
]);

export interface WatchHubOptions {
  store: ObjectStore;
  faults: Faults;
  bookmarkIntervalMs: number;
}

/** Carries the store's changes to every running watch of their kind. */
export class WatchHub {
  private readonly streams = new Map<string, Set<WatchStream>>();
  private readonly stops: (() => void)[] = [];

  constructor({ store, faults, bookmarkIntervalMs }: WatchHubOptions) {
    this.stops.push(
      store.on('change', change => {
        const watching = this.streams.get(`${change.group}/${change.kind}`);
        watching?.forEach(stream => stream.offer(change));
      }),
      faults.onSet(entry => this.suffer(entry, faults)),
    );
    const timer = setInterval(() => {
      for (const stream of this.all()) {
        stream.sendBookmark(store.resourceVersion);
      }
    }, bookmarkIntervalMs);
    timer.unref();
    this.stops.push(() => clearInterval(timer));
  }

  /** Lets a watch hear of its kind's changes. @returns a function that ends it */
  add({ group, kind }: ResourceKind, stream: WatchStream): () => void {
    const key = `${group}/${kind}`;
    const watching = this.streams.get(key) ?? new Set();
    this.streams.set(key, watching.add(stream));
    return () => watching.delete(stream);
  }

  /** How many watches are running. */
  get size(): number {
    return this.all().length;
  }

  /** Ends every watch, and stops listening. */
  close(): void {
    this.stops.forEach(stop => stop());
    for (const stream of this.all()) {
      stream.cut();
    }
  }

  private all(): WatchStream[] {
    return [...this.streams.values()].flatMap(streams => [...streams]);
  }

  private suffer(entry: ActiveFault, faults: Faults): void {
    for (const stream of this.all()) {
      if (
        ENDS_WATCHES.has(entry.fault.type) &&
        befalls(entry.fault, stream.subject) &&
        faults.use(entry)
      ) {
        sufferFault(stream, entry.fault);
      }
    }
  }
}

/** Lets a watch suffer a fault. */
export function sufferFault(stream: WatchStream, fault: Fault): void {
  if (fault.type === 'expire-watch') {
    stream.expire('too old resource version: a fault set on the sandbox');
  } else if (fault.type === 'drop-watch' && fault.mode === 'silent') {
    stream.silence();
  } else if (fault.type === 'drop-watch' || fault.type === 'starting') {
    stream.cut();
  } else if (fault.type === 'unserved') {
    stream.end();
  }
}
