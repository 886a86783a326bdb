import type { ScreenLanguage } from '../screens/ScreenLanguage';
import { languageKey } from './languageKey';
import { zhCNAtStart } from './zhCN/atStart';

/**
 * The languages beside English, by their tags (BCP 47), for browsers: a folder here and a line each.
 *
 * @public
 */
export const languages: Readonly<Record<string, ScreenLanguage>> = {
  'zh-CN': { ...zhCNAtStart, load: () => import('./zhCN/screens') },
};

/**
 * The reader's language; undefined in English, and in one that AI Mesh does not have.
 *
 * @param tag - of BCP 47, as portals name the reader's language
 * @public
 */
export function languageOf(tag: string): ScreenLanguage | undefined {
  const own = Object.keys(languages).find(
    each => languageKey(each) === languageKey(tag),
  );
  return own === undefined ? undefined : languages[own];
}
