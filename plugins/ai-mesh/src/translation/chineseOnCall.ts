import type { Catalogue } from './Catalogue';

let chinese: Catalogue | undefined;

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
