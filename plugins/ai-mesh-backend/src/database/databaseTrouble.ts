import { ServiceUnavailableError } from '@backstage/errors';

/** Codes of SQLite and PostgreSQL (and of the network before it) by their beginnings, and what they mean for a person. */
const SENTENCES: readonly [codes: RegExp, sentence: string][] = [
  // https://www.sqlite.org/rescode.html, https://www.postgresql.org/docs/current/errcodes-appendix.html
  [/^(SQLITE_FULL|53100)/, 'has no space left on its disk'],
  [
    /^(SQLITE_BUSY|SQLITE_LOCKED|55P03|40P01|57014)/,
    'is locked by somebody else at present',
  ],
  [/^(SQLITE_READONLY|25006)/, 'may only be read, not written'],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB|XX001|XX002)/,
    'is damaged, or is no database',
  ],
  [/^(53300)/, 'takes no more connections'],
  [
    /^(SQLITE_CANTOPEN|SQLITE_IOERR|08|57P|E[A-Z]+$)/,
    'does not answer at present',
  ],
];

/**
 * What keeps the database from its work, in a plain sentence; undefined for an error that is not the database's. It
 * repeats nothing of the error, which holds the statement and its values.
 */
export function databaseTrouble(error: unknown): string | undefined {
  const { code, name, message } = (error ?? {}) as {
    code?: unknown;
    name?: string;
    message?: string;
  };
  const say = (what: string) => `The portal's database ${what}.`;
  if (typeof code === 'string') {
    const known = SENTENCES.find(([codes]) => codes.test(code));
    if (known) {
      return say(known[1]);
    }
    if (/^(SQLITE_\w+|[0-9A-Z]{5})$/.test(code)) {
      return say(`refused with ${code}`);
    }
  }
  return name === 'KnexTimeoutError' ||
    /(^| - )(Connection (terminated|ended)|Unable to acquire a connection|The database connection is not open)/.test(
      message ?? '',
    )
    ? say('does not answer at present')
    : undefined;
}

/** Whether a row was kept out by another that is there already. */
export function isConstraint(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^(SQLITE_CONSTRAINT|23)/.test(code);
}

/**
 * The store for people: trouble of the database is a ServiceUnavailableError that says what it is.
 *
 * @param consequence - what it means for whoever reads the refusal, in a sentence
 * @param onTrouble - is told the sentence and the database's own code
 */
export function explainingStore<Store extends object>(
  store: Store,
  consequence: string,
  onTrouble: (message: string) => void,
): Store {
  return new Proxy(store, {
    get(_, name) {
      const method = store[name as keyof Store] as (
        ...args: unknown[]
      ) => Promise<unknown>;
      // Most of all `then`: a store that had it would be awaited for ever where it is given by a promise.
      if (typeof method !== 'function') {
        return method;
      }
      return async (...args: unknown[]) => {
        try {
          return await method.apply(store, args);
        } catch (error) {
          const trouble = databaseTrouble(error);
          if (!trouble) {
            throw error;
          }
          onTrouble(
            `${trouble} (${(error as { code?: string }).code ?? String(name)})`,
          );
          // Without its cause, which would add the statement and its values to the message.
          throw new ServiceUnavailableError(`${trouble} ${consequence}`);
        }
      };
    },
  });
}
