import type { FactName } from './factDefinitions';
import type { FactText } from './FactText';
import { factTextsEn } from './texts/en';
import { factTextsZhCN } from './texts/zhCN';

/** The words of every fact, by language. @public */
export const factTexts: Readonly<
  Record<'en' | 'zh', Readonly<Record<FactName, FactText>>>
> = { en: factTextsEn, zh: factTextsZhCN };
