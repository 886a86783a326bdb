import { inEnglish, type Words } from '@ai-mesh/plugin-ai-mesh-common';

/** What somebody has written cannot be used: why not, as a sentence or half of one that whoever catches it tells. */
export class WordedError extends Error {
  constructor(readonly words: Words) {
    super(inEnglish([words]));
    this.name = 'WordedError';
  }
}
