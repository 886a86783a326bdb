import {
  languages,
  screenTextsEn,
} from '@ai-mesh/plugin-ai-mesh-common/screens';
import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { loadTexts } from './catalogueOnCall';

/**
 * The plugin's texts. Its languages beside English, such as Simplified Chinese, come with it under each name that portals
 * use for them, and are loaded only where they are chosen.
 *
 * @public
 */
export const aiMeshTranslationRef = createTranslationRef({
  id: 'plugin.ai-mesh',
  messages: screenTextsEn,
  translations: Object.fromEntries(
    Object.values(languages).flatMap(language =>
      language.names.map(name => [name, () => loadTexts(language)]),
    ),
  ),
});
