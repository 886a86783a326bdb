import {
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { whyNotRead } from '../kubernetes/ObjectLimits';
import { parseDurationMs } from './duration';

/** Takes note of a value that is not what its place asks for, in the words of `expected.*`. */
export type ReportUnreadable = (path: string, expected: Words) => void;

/**
 * A place in an object that somebody may have written anything into. Reading never throws: what is not as expected
 * is reported with its path and read as absent.
 */
export class Field {
  readonly value: unknown;
  readonly #place: () => string;
  readonly #report: ReportUnreadable;

  /** @param place - its path, asked for only where something is to be said about it */
  constructor(
    value: unknown,
    place: string | (() => string),
    report: ReportUnreadable,
  ) {
    this.value = value;
    this.#place = typeof place === 'string' ? () => place : place;
    this.#report = report;
  }

  /** Where it is in the object: `spec.http[2].timeout`. */
  get path(): string {
    return this.#place();
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  at(key: string): Field {
    const object = this.#object();
    const value =
      object && Object.hasOwn(object, key) ? object[key] : undefined;
    return this.#child(value, () => `${this.path}.${key}`);
  }

  entries(): [string, Field][] {
    return Object.entries(this.#object() ?? {}).map(([key, value]) => [
      key,
      this.#child(value, () => `${this.path}.${key}`),
    ]);
  }

  list(): Field[] {
    if (!this.present) {
      return [];
    }
    if (!Array.isArray(this.value)) {
      this.#unreadable(wording('expected.list'));
      return [];
    }
    return this.value.map((item, index) =>
      this.#child(item, () => `${this.path}[${index}]`),
    );
  }

  text(): string | undefined {
    return this.#read('expected.text', value =>
      typeof value === 'string' ? value : undefined,
    );
  }

  texts(): string[] {
    return this.list().flatMap(item => item.text() ?? []);
  }

  /** A map of text to text, such as labels. */
  textMap(): Record<string, string> {
    return Object.fromEntries(
      this.entries().flatMap(([key, field]) => {
        const value = field.text();
        return value === undefined ? [] : [[key, value]];
      }),
    );
  }

  /** A finite number of at least 0: every number of the kinds that are read here is one. */
  number(): number | undefined {
    return this.#read('expected.number', value =>
      typeof value === 'number' && Number.isFinite(value) && value >= 0
        ? value
        : undefined,
    );
  }

  integer(): number | undefined {
    return this.#read('expected.count', value =>
      Number.isSafeInteger(value) && (value as number) >= 0
        ? (value as number)
        : undefined,
    );
  }

  flag(): boolean | undefined {
    return this.#read('expected.flag', value =>
      typeof value === 'boolean' ? value : undefined,
    );
  }

  durationMs(): number | undefined {
    return this.#read('expected.duration', value =>
      typeof value === 'string' ? parseDurationMs(value) : undefined,
    );
  }

  #read<T>(
    expected: TextKey,
    parse: (value: unknown) => T | undefined,
  ): T | undefined {
    if (!this.present) {
      return undefined;
    }
    const value = parse(this.value);
    if (value === undefined) {
      this.#unreadable(wording(expected));
    }
    return value;
  }

  #object(): Record<string, unknown> | undefined {
    if (!this.present) {
      return undefined;
    }
    if (typeof this.value !== 'object' || Array.isArray(this.value)) {
      this.#unreadable(whyNotRead(this.value) ?? wording('expected.object'));
      return undefined;
    }
    return this.value as Record<string, unknown>;
  }

  #child(value: unknown, place: () => string): Field {
    return new Field(value, place, this.#report);
  }

  #unreadable(expected: Words) {
    this.#report(this.path, expected);
  }
}
