import { Fault, FaultTarget, FaultType } from './Fault';
import { InvalidFault, parseFault } from './parseFault';

/** Each request is held against all of them. */
const MOST_FAULTS = 1000;

/** A fault in force. */
export interface ActiveFault {
  id: string;
  fault: Fault;
  /** Requests that it may still befall; absent where it lasts until cleared. */
  remaining?: number;
  /** Unix milliseconds. */
  setAtMs: number;
}

/** A request, as far as a fault's scope tells requests apart. */
export interface FaultSubject {
  target: FaultTarget;
  method: string;
  /** Absent where the request is for no resource, such as discovery. */
  resource?: string;
  /** With its group: `gateways.gateway.networking.k8s.io`. */
  qualified?: string;
}

/** The faults in force on the sandbox's surfaces. */
export class Faults {
  private readonly active = new Map<string, ActiveFault>();
  private readonly listeners = new Set<(fault: ActiveFault) => void>();
  private nextId = 1;

  constructor(private readonly clock: () => number = Date.now) {}

  /**
   * Puts a fault in force.
   *
   * @throws InvalidFault where the fault is malformed
   */
  set(fault: Fault): ActiveFault {
    const parsed = parseFault(fault);
    if (this.list().length >= MOST_FAULTS) {
      throw new InvalidFault(
        `there are ${MOST_FAULTS} faults in force already, which is as many as there may be: end some`,
      );
    }
    const entry: ActiveFault = {
      id: String(this.nextId),
      fault: parsed,
      setAtMs: this.clock(),
      ...(parsed.count !== undefined && { remaining: parsed.count }),
    };
    this.nextId += 1;
    this.active.set(entry.id, entry);
    for (const listener of this.listeners) {
      listener(entry);
    }
    return entry;
  }

  /** Ends all faults, or those of a target, or one. @returns how many it ended */
  clear(which: { id?: string; target?: FaultTarget } = {}): number {
    const ended = this.list().filter(
      ({ id, fault }) =>
        (which.id === undefined || which.id === id) &&
        (which.target === undefined || which.target === fault.target),
    );
    ended.forEach(({ id }) => this.active.delete(id));
    return ended.length;
  }

  list(): ActiveFault[] {
    for (const { id, fault, setAtMs } of [...this.active.values()]) {
      if (
        fault.seconds !== undefined &&
        this.clock() >= setAtMs + fault.seconds * 1000
      ) {
        this.active.delete(id);
      }
    }
    return [...this.active.values()];
  }

  /** The faults of the given types that befall a request; each is counted as used. */
  take(subject: FaultSubject, types: readonly FaultType[]): Fault[] {
    const taken: Fault[] = [];
    for (const entry of this.list()) {
      if (
        types.includes(entry.fault.type) &&
        befalls(entry.fault, subject) &&
        this.use(entry)
      ) {
        taken.push(entry.fault);
      }
    }
    return taken;
  }

  /**
   * Lets running requests hear of a new fault, to suffer it too.
   *
   * @returns a function that ends it
   */
  onSet(listener: (entry: ActiveFault) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Counts one use of a fault. @returns false where it is no longer in force */
  use(entry: ActiveFault): boolean {
    if (!this.active.has(entry.id)) {
      return false;
    }
    if (entry.remaining !== undefined) {
      entry.remaining -= 1;
      if (entry.remaining === 0) {
        this.active.delete(entry.id);
      }
    }
    return true;
  }
}

/** Whether a request is within a fault's scope. */
export function befalls(fault: Fault, subject: FaultSubject): boolean {
  return (
    fault.target === subject.target &&
    (fault.method === undefined || fault.method === subject.method) &&
    (fault.resource === undefined ||
      fault.resource === subject.resource ||
      fault.resource === subject.qualified)
  );
}
