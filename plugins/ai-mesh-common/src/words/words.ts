import { z } from 'zod';
import type { Named } from '../api/named';

const wordsObject = z.object({
  key: z.string(),
  /** Names, figures with their units, and what others said; `gate.zh` fills the place `gate` in Chinese. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Words of the catalogue that fill a place: their keys. They are filled by the same parameters. */
  terms: z.record(z.string(), z.string()).optional(),
});

/** @public */
export interface WordsSchema extends Named<typeof wordsObject> {}

/**
 * A sentence that the backend makes, for readers of any language: the key of its text in the catalogue, and what fills
 * it. In English it stands beside as a message.
 *
 * @public
 */
export const wordsSchema: WordsSchema = wordsObject;

/** @public */
export type Words = z.infer<typeof wordsSchema>;

/**
 * What somebody says: in English, and as words where it is in the catalogue.
 *
 * @public
 */
export interface Sentences {
  message: string;
  words?: Words[];
}

/** @public */
export const manyWordsSchema = z.array(wordsSchema);
