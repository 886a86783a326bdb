import {
  appLanguageApiRef,
  errorApiRef,
  type TranslationFunction,
  useApi,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { aiMeshTranslationRef } from './aiMeshTranslationRef';
import { awaitCatalogue } from './catalogueOnCall';

/** Looks up a text, and says in which language what the backend says is to be. */
export type Translate = TranslationFunction<
  (typeof aiMeshTranslationRef)['T']
> & { language: string };

/**
 * The texts in the reader's language, and that language for numbers and times.
 * Works in both frontend systems: the legacy app's translation API is the same one.
 */
export function useAiMeshTranslation(): { t: Translate; language: string } {
  const { t } = useTranslationRef(aiMeshTranslationRef);
  const errorApi = useApi(errorApiRef);
  const language =
    useApiHolder().get(appLanguageApiRef)?.getLanguage().language ?? 'en';
  awaitCatalogue(language, error => errorApi.post(error));
  const translate = useMemo(
    () => Object.assign(t.bind(undefined) as typeof t, { language }),
    [t, language],
  );
  return { t: translate, language };
}
