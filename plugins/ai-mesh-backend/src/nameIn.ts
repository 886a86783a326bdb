import type { TextKey, Words } from '@ai-mesh/plugin-ai-mesh-common';

/**
 * What fills a sentence's place with the name of an objective: the portal's own in the reader's language, a document's
 * as it is written.
 *
 * @param place - the place that the sentence has for it
 */
export function nameIn(
  place: string,
  { name, nameWords }: { name: string; nameWords?: readonly Words[] },
): {
  params: NonNullable<Words['params']>;
  terms?: Record<string, TextKey>;
} {
  const [own] = nameWords ?? [];
  return own
    ? { params: own.params ?? {}, terms: { [place]: own.key as TextKey } }
    : { params: { [place]: name } };
}
