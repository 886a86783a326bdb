import type { Words } from '@ai-mesh/plugin-ai-mesh-common';

/** A bound as the backend says it. */
export function bound(message: string, words: Words | undefined) {
  return { message, ...(words && { words: [words] }) };
}
