import {
  english,
  findingTextsEn,
  inEnglish,
  inLanguage,
  type Language,
  type ReviewLanguage,
  translations,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';

type NoticeLanguage = ReviewLanguage & { sentences: Language };

/** What notifications can be in, by the names of `aiMesh.notifications.languages`. */
const languages = {
  en: { findings: findingTextsEn, sentences: english },
  ...translations,
} satisfies Record<string, NoticeLanguage>;

export type NoticeLanguageName = keyof typeof languages;

export const noticeLanguageNames = Object.keys(
  languages,
) as NoticeLanguageName[];

/** Says something in a language; undefined where there are no words for it, as of a newer release's. */
export type Say = (language: NoticeLanguage) => string | undefined;

/**
 * Says something in each of the languages: a notification has one text for whoever reads it. Once, where they say the same.
 *
 * @param say - says it in English at least
 */
export function inEach(names: readonly NoticeLanguageName[], say: Say): string {
  const texts = names.map(name => say(languages[name]) ?? say(languages.en));
  return [...new Set(texts)].join(' / ');
}

/** Sentences of the catalogue. What is somebody else's alone is the same in all languages, and so said once. */
export function sentences(words: readonly Words[]): Say {
  if (words.every(({ key }) => key === 'verbatim')) {
    return () => inEnglish(words);
  }
  return language => inLanguage(words, language.sentences) ?? inEnglish(words);
}
