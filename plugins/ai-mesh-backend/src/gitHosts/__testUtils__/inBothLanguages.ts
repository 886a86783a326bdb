import {
  chinese,
  inLanguage,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';

/** Matches words that Chinese has a sentence for. */
class InChinese {
  asymmetricMatch(words: unknown): boolean {
    const text = inLanguage(words as Words[], chinese);
    return text !== undefined && /\p{Script=Han}/u.test(text);
  }

  toString(): string {
    return 'words that are said in Chinese';
  }
}

/** What is said in English so, and in Chinese by words of the catalogue. */
export function inBothLanguages(message: RegExp | string) {
  return {
    message: expect.stringMatching(
      typeof message === 'string'
        ? new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
        : message,
    ),
    words: new InChinese(),
  };
}
