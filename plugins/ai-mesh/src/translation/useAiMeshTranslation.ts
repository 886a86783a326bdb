import type { screenTextsEn } from '@ai-mesh/plugin-ai-mesh-common/screens';
import {
  appLanguageApiRef,
  errorApiRef,
  useApi,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { aiMeshTranslationRef } from './aiMeshTranslationRef';
import { awaitCatalogue } from './catalogueOnCall';

type Texts = typeof screenTextsEn;

/** Of `note_one` and `note_other`: `note`, and `count` says which of them. */
type Key<Name> = Name extends `${infer Plural}_${'one' | 'other'}`
  ? Plural
  : Name;

type Names<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** What each text has to be told, by its key. */
type NamesByKey = {
  [Name in keyof Texts as Key<Name>]:
    Names<Texts[Name]> | (Name extends Key<Name> ? never : 'count');
};

type Values<Name extends string, Value> = {
  [Each in Name]: Each extends 'count' ? number : Value;
};

type Told<Name extends string, Value> = [Name] extends [never]
  ? []
  : [values: Values<Name, Value>];

/**
 * Looks up a text, and says in which language what the backend says is to be. It asks for the same as `TranslationFunction`,
 * whose types look through all texts again at each call, which took the compiler two thirds of its time.
 */
export interface Translate {
  <K extends keyof NamesByKey>(
    key: K,
    ...values: Told<NamesByKey[K], string>
  ): string;
  <K extends keyof NamesByKey>(
    key: K,
    ...values: Told<NamesByKey[K], string | JSX.Element>
  ): JSX.Element;
  language: string;
}

/** The reader's language. A component that shows texts is drawn again where it changes. */
export function useLanguage(): string {
  return useApiHolder().get(appLanguageApiRef)?.getLanguage().language ?? 'en';
}

/**
 * The texts in the reader's language, and that language for numbers and times.
 * Works in both frontend systems: the legacy app's translation API is the same one.
 */
export function useAiMeshTranslation(): { t: Translate; language: string } {
  const { t } = useTranslationRef(aiMeshTranslationRef);
  const errorApi = useApi(errorApiRef);
  const language = useLanguage();
  awaitCatalogue(language, error => errorApi.post(error));
  const translate = useMemo(
    () =>
      Object.assign(t.bind(undefined), { language }) as unknown as Translate,
    [t, language],
  );
  return { t: translate, language };
}
