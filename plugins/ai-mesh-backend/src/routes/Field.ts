import { parseDurationMs } from './duration';

/** Takes note of a value that is not what its place asks for. */
export type ReportUnreadable = (path: string, expected: string) => void;

/**
 * A place in an object that somebody may have written anything into. Reading never throws: what is not as expected
 * is reported with its path and read as absent.
 */
export class Field {
  constructor(
    readonly value: unknown,
    readonly path: string,
    private readonly report: ReportUnreadable,
  ) {}

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  at(key: string): Field {
    const object = this.#object();
    const value =
      object && Object.hasOwn(object, key) ? object[key] : undefined;
    return new Field(value, `${this.path}.${key}`, this.report);
  }

  entries(): [string, Field][] {
    return Object.entries(this.#object() ?? {}).map(([key, value]) => [
      key,
      new Field(value, `${this.path}.${key}`, this.report),
    ]);
  }

  list(): Field[] {
    if (!this.present) {
      return [];
    }
    if (!Array.isArray(this.value)) {
      this.#unreadable('a list');
      return [];
    }
    return this.value.map(
      (item, index) => new Field(item, `${this.path}[${index}]`, this.report),
    );
  }

  text(): string | undefined {
    return this.#read('text', value =>
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
    return this.#read('a number of at least 0', value =>
      typeof value === 'number' && Number.isFinite(value) && value >= 0
        ? value
        : undefined,
    );
  }

  integer(): number | undefined {
    return this.#read('a whole number of at least 0', value =>
      Number.isSafeInteger(value) && (value as number) >= 0
        ? (value as number)
        : undefined,
    );
  }

  flag(): boolean | undefined {
    return this.#read('true or false', value =>
      typeof value === 'boolean' ? value : undefined,
    );
  }

  durationMs(): number | undefined {
    return this.#read('a duration such as 30s', value =>
      typeof value === 'string' ? parseDurationMs(value) : undefined,
    );
  }

  #read<T>(
    expected: string,
    parse: (value: unknown) => T | undefined,
  ): T | undefined {
    if (!this.present) {
      return undefined;
    }
    const value = parse(this.value);
    if (value === undefined) {
      this.#unreadable(expected);
    }
    return value;
  }

  #object(): Record<string, unknown> | undefined {
    if (!this.present) {
      return undefined;
    }
    if (typeof this.value !== 'object' || Array.isArray(this.value)) {
      this.#unreadable('an object');
      return undefined;
    }
    return this.value as Record<string, unknown>;
  }

  #unreadable(expected: string) {
    this.report(this.path, expected);
  }
}
