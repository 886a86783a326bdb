import {
  type CanaryGateTitle,
  inEnglish,
  inLanguage,
  languageKey,
  type TextKey,
  translations,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';

/** What a title may be in beside English, as its keys. */
export const titleLanguages = Object.keys(translations).map(languageKey);

/** A title of the configuration: in English, and in the plugin's other languages where it says so. */
export function titleSchema(
  text: z.ZodType<string>,
): z.ZodType<CanaryGateTitle> {
  return z.strictObject({
    ...Object.fromEntries(titleLanguages.map(key => [key, text.optional()])),
    en: text,
  }) as z.ZodType<CanaryGateTitle>;
}

/** Where it says nothing in a language, the English stands: browsers with an older release ask for all. */
export function inAllLanguages(title: CanaryGateTitle): CanaryGateTitle {
  return Object.fromEntries([
    ...titleLanguages.map(key => [key, title.en]),
    ...Object.entries(title),
  ]) as CanaryGateTitle;
}

/** The title of something that comes with the plugin, in each of its languages. */
export function titleOfText(
  key: TextKey,
  params?: Record<string, string>,
): CanaryGateTitle {
  const words = [wording(key, params)];
  return {
    ...Object.fromEntries(
      Object.entries(translations).map(([tag, { sentences }]) => [
        languageKey(tag),
        inLanguage(words, sentences),
      ]),
    ),
    en: inEnglish(words),
  };
}
