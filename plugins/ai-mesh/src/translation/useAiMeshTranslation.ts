import {
  appLanguageApiRef,
  type TranslationFunction,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { aiMeshTranslationRef } from './aiMeshTranslationRef';

/** Looks up a text. */
export type Translate = TranslationFunction<(typeof aiMeshTranslationRef)['T']>;

/**
 * The texts in the reader's language, and that language for numbers and times.
 * Works in both frontend systems: the legacy app's translation API is the same one.
 */
export function useAiMeshTranslation(): { t: Translate; language: string } {
  const { t } = useTranslationRef(aiMeshTranslationRef);
  const language =
    useApiHolder().get(appLanguageApiRef)?.getLanguage().language ?? 'en';
  return { t, language };
}
