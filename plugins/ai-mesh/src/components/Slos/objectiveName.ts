import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../translation';
import { textSaid } from '../Figures';

/** What an objective is called: the portal's own in the reader's language, a document's as it is written. */
export function objectiveName(
  { name, nameWords }: { name: string; nameWords?: Words[] },
  t: Translate,
): string {
  return textSaid({ message: name, words: nameWords }, t);
}
