import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { loadChinese } from './chineseOnCall';
import { en } from './en';

/**
 * The plugin's texts. Simplified Chinese comes with it, under both names that portals use for the language,
 * and is loaded only where it is chosen.
 *
 * @public
 */
export const aiMeshTranslationRef = createTranslationRef({
  id: 'plugin.ai-mesh',
  messages: en,
  translations: {
    zh: loadChinese,
    'zh-CN': loadChinese,
  },
});
