import type { FactName } from './factDefinitions';
import { factTextsEn } from './texts/en';
import { factTextsZhCN } from './texts/zhCN';

/**
 * The words of one fact.
 *
 * @public
 */
export interface FactText {
  title: string;
  /** What it says, in a sentence. */
  description: string;
  /** What it is read from. */
  measured: string;
}

/** The words of every fact, by language. @public */
export const factTexts: Readonly<
  Record<'en' | 'zh', Readonly<Record<FactName, FactText>>>
> = { en: factTextsEn, zh: factTextsZhCN };
