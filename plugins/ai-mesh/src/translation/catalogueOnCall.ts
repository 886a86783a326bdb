import type { Catalogue } from '@ai-mesh/plugin-ai-mesh-common';
import {
  languageOf,
  type ScreenLanguage,
} from '@ai-mesh/plugin-ai-mesh-common/screens';

const catalogues = new Map<ScreenLanguage, Catalogue>();
const waiting = new Map<ScreenLanguage, Promise<void>>();
const failed = new Set<ScreenLanguage>();

/** The plugin's texts in a language for Backstage, which shows none of them before; the catalogue comes with them. */
export async function loadTexts(language: ScreenLanguage) {
  const loaded = await language.load();
  catalogues.set(language, loaded.catalogue);
  return loaded;
}

/** The catalogue of the reader's language; undefined in English, and in a language that the plugin does not have. */
export function catalogueOf(tag: string): Catalogue | undefined {
  const language = languageOf(tag);
  return language && catalogues.get(language);
}

/**
 * Suspends a component until the catalogue of the reader's language is there: a portal with texts of its own for the
 * language never loads the plugin's, with which it comes. Where it cannot be loaded, the backend's English stands.
 *
 * @throws a promise, for React
 */
export function awaitCatalogue(
  tag: string,
  onError: (error: Error) => void,
): void {
  const language = languageOf(tag);
  if (!language || catalogues.has(language) || failed.has(language)) {
    return;
  }
  const loading =
    waiting.get(language) ??
    loadTexts(language).then(
      () => undefined,
      error => {
        failed.add(language);
        onError(error);
      },
    );
  waiting.set(language, loading);
  throw loading;
}
