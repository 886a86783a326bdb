import type { FindingMessageKey } from './findingMessages';
import type { FindingText } from './message';
import type { Finding } from '../api';
import { inLanguage, type Language, withNamesIn } from '../words';
import { findingTextsEn } from './texts/en';

/**
 * What a finding is worded by.
 *
 * @public
 */
export type FindingWording = Pick<Finding, 'messageKey' | 'params' | 'phrases'>;

/**
 * The words of one language for findings, and for the sentences in them.
 *
 * @public
 */
export interface ReviewLanguage {
  findings: Readonly<Record<FindingMessageKey, FindingText>>;
  /** Absent: they stay as the backend says them, in English. */
  sentences?: Language;
}

/**
 * Puts a finding's parameters into a text. A parameter that is not given stays visible.
 *
 * @public
 */
export function fillText(
  text: string,
  params: Readonly<Record<string, string | number>>,
): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}

/**
 * What the review says in English. `key` may come from a newer backend: then there are no words for it.
 *
 * @public
 */
export function findingText(key: string): FindingText | undefined {
  return textOf(findingTextsEn, key);
}

/**
 * A finding in a language; undefined where its words lack the message, as of a newer backend's.
 *
 * @public
 */
export function findingIn(
  { messageKey, params, phrases = {} }: FindingWording,
  { findings, sentences }: ReviewLanguage,
): FindingText | undefined {
  const text = textOf(findings, messageKey);
  const filling = Object.entries(params).map(([name, param]) => [
    name,
    (sentences &&
      Object.hasOwn(phrases, name) &&
      inLanguage(phrases[name], sentences)) ||
      param,
  ]);
  if (!text) {
    return undefined;
  }
  const message = fillText(text.message, Object.fromEntries(filling));
  return {
    ...text,
    message: sentences ? withNamesIn(message, sentences) : message,
  };
}

function textOf(
  texts: ReviewLanguage['findings'],
  key: string,
): FindingText | undefined {
  return Object.hasOwn(texts, key)
    ? texts[key as FindingMessageKey]
    : undefined;
}
