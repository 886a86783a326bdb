import { type SettingSource, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { Field, ReportUnreadable } from '../../routes/Field';
import { aboutSetting, aboutUnreadable } from '../../routes/aboutSetting';

/** A place in a policy that cannot be taken for what its author meant. */
export interface Unreadable {
  readonly path: string;
  /** Absent: nobody here knows the field itself, which a newer Istio may. */
  readonly expected?: Words;
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

/** Of a field or a condition that nobody here knows. */
export function unknownWords(
  setting: SettingSource,
  { condition }: Pick<Unreadable, 'condition'>,
): Words {
  return condition === undefined
    ? aboutSetting('access.unknownField', setting)
    : aboutSetting('access.unknownCondition', setting, {
        condition: condition.slice(0, LONGEST_CONDITION),
      });
}

/** What is wrong with a place. */
export function unreadableWords(
  setting: SettingSource,
  { expected }: Unreadable,
): Words {
  return expected === undefined
    ? aboutSetting('access.fieldUnknown', setting)
    : aboutUnreadable('unreadable.isNot', setting, expected);
}
