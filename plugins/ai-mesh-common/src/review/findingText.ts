import type { FindingMessageKey } from './findingMessages';
import type { FindingText } from './message';
import { en } from './texts/en';

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
  return Object.hasOwn(en, key) ? en[key as FindingMessageKey] : undefined;
}
