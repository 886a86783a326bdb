import {
  inEnglish,
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ServiceUnavailableError } from '@backstage/errors';
import { worded } from '../worded';

/** Codes of SQLite and PostgreSQL (and of the network before it) by their beginnings, and what they mean for a person. */
const SENTENCES: readonly [codes: RegExp, sentence: TextKey][] = [
  // https://www.sqlite.org/rescode.html, https://www.postgresql.org/docs/current/errcodes-appendix.html
  [/^(SQLITE_FULL|53100)/, 'database.full'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|55P03|40P01|57014)/, 'database.locked'],
  [/^(SQLITE_READONLY|25006)/, 'database.readOnly'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB|XX001|XX002)/, 'database.damaged'],
  [/^(53300)/, 'database.connections'],
  [/^(SQLITE_CANTOPEN|SQLITE_IOERR|08|57P|E[A-Z]+$)/, 'database.silent'],
];

/**
 * What keeps the database from its work, in a plain sentence; undefined for an error that is not the database's. It
 * repeats nothing of the error, which holds the statement and its values.
 */
export function databaseTrouble(error: unknown): Words | undefined {
  const { code, name, message } = (error ?? {}) as {
    code?: unknown;
    name?: string;
    message?: string;
  };
  if (typeof code === 'string') {
    const known = SENTENCES.find(([codes]) => codes.test(code));
    if (known) {
      return wording(known[1]);
    }
    if (/^(SQLITE_\w+|[0-9A-Z]{5})$/.test(code)) {
      return wording('database.refused', { code });
    }
  }
  return name === 'KnexTimeoutError' ||
    /(^| - )(Connection (terminated|ended)|Unable to acquire a connection|The database connection is not open)/.test(
      message ?? '',
    )
    ? wording('database.silent')
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
 * @param consequence - what it means for whoever reads the refusal
 * @param onTrouble - is told the sentence and the database's own code
 */
export function explainingStore<Store extends object>(
  store: Store,
  consequence: TextKey,
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
            `${inEnglish([trouble])} (${(error as { code?: string }).code ?? String(name)})`,
          );
          // Without its cause, which would add the statement and its values to the message.
          throw worded(ServiceUnavailableError, trouble, wording(consequence));
        }
      };
    },
  });
}
