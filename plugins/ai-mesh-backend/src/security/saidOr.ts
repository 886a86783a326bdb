import {
  said,
  wording,
  wordsOf,
  type Sentences,
  type TextKey,
} from '@ai-mesh/plugin-ai-mesh-common';

/** What a source says, else a sentence of ours. */
export function saidOr(
  source: Partial<Sentences>,
  key: TextKey,
): ReturnType<typeof said> {
  const words = wordsOf(source);
  return said(...(words.length > 0 ? words : [wording(key)]));
}
