import type { Catalogue } from './Catalogue';
import { simplifiedChinese } from './zhCN';

/**
 * The languages beside English, by their tags (BCP 47): a folder here and a line each. All at once, for a backend; a
 * browser takes the one that is chosen by its own name.
 *
 * @public
 */
export const translations = {
  'zh-CN': simplifiedChinese,
} satisfies Record<string, Catalogue>;
