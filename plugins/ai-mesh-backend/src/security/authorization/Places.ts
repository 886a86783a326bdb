import type { Field, ReportUnreadable } from '../../routes/Field';

/** A place in a policy that cannot be taken for what its author meant. */
export interface Unreadable {
  readonly path: string;
  /** Absent: nobody here knows the field itself, which a newer Istio may. */
  readonly expected?: string;
}

/** What cannot be read of an object, each place once. */
export class Places {
  readonly #places = new Map<string, Unreadable>();

  get all(): Unreadable[] {
    return [...this.#places.values()];
  }

  get first(): Unreadable | undefined {
    return this.all[0];
  }

  readonly report: ReportUnreadable = (path, expected) =>
    this.add({ path, expected });

  add(place: Unreadable) {
    if (!this.#places.has(place.path)) {
      this.#places.set(place.path, place);
    }
  }

  unknownFields(field: Field, known: readonly string[]) {
    for (const [name, { path, present }] of field.entries()) {
      if (present && !known.includes(name)) {
        this.add({ path });
      }
    }
  }
}

/** What is wrong with a place, after its name. */
export function unreadableWords({ expected }: Unreadable): string {
  return expected === undefined
    ? 'is a field that AI Mesh does not know'
    : `is not ${expected}`;
}
