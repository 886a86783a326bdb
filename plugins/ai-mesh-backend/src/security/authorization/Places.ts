import type { Field, ReportUnreadable } from '../../routes/Field';
import { obstacleWords } from './obstacleWords';

/** A place in a policy that cannot be taken for what its author meant. */
export interface Unreadable {
  readonly path: string;
  /** Absent: nobody here knows the field itself, which a newer Istio may. */
  readonly expected?: string;
  /** The condition that nobody here knows, where the place is its key. */
  readonly condition?: string;
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

/** Text of a policy in a sentence. */
const LONGEST_CONDITION = 100;

/** Of a field or a condition that nobody here knows, after its place. */
export function unknownWords({
  condition,
}: Pick<Unreadable, 'condition'>): string {
  return condition === undefined
    ? `is ${obstacleWords['unknown-field']}`
    : `asks for ${condition.slice(0, LONGEST_CONDITION)}, ${obstacleWords['unknown-field']}`;
}

/** What is wrong with a place, after its name. */
export function unreadableWords({ expected }: Unreadable): string {
  return expected === undefined
    ? 'is a field that AI Mesh does not know'
    : `is not ${expected}`;
}
