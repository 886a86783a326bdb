import type { Catalogue } from './Catalogue';

let chinese: Catalogue | undefined;
let waiting: Promise<void> | undefined;
let hasFailed = false;

/** The plugin's texts in Simplified Chinese for Backstage, which shows none of them before; the catalogue comes with them. */
export async function loadChinese() {
  const loaded = await import('./zh');
  chinese = loaded.catalogue;
  return loaded;
}

/** The catalogue of the reader's language; undefined in English, and in a language that it does not have. */
export function catalogueOf(language: string): Catalogue | undefined {
  return language.startsWith('zh') ? chinese : undefined;
}

/**
 * Suspends a component until the catalogue of the reader's language is there: a portal with texts of its own for the
 * language never loads the plugin's, with which it comes. Where it cannot be loaded, the backend's English stands.
 *
 * @throws a promise, for React
 */
export function awaitCatalogue(
  language: string,
  onError: (error: Error) => void,
): void {
  if (!language.startsWith('zh') || chinese || hasFailed) {
    return;
  }
  waiting ??= loadChinese().then(
    () => undefined,
    error => {
      hasFailed = true;
      onError(error);
    },
  );
  throw waiting;
}
