import type { Catalogue } from './Catalogue';
import { simplifiedChinese } from './zhCN';

/**
 * What the backend says in the languages beside English, by their tags (BCP 47), all at once: a folder here and a line each.
 * A browser loads the one that is chosen, by `languages`.
 *
 * @public
 */
export const translations = {
  'zh-CN': simplifiedChinese,
} satisfies Record<string, Catalogue>;
