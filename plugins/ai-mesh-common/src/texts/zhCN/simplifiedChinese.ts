import type { Catalogue } from '../Catalogue';
import { checkTextsZhCN } from './checks';
import { chinese } from './chinese';
import { factTextsZhCN } from './facts';
import { findingTextsZhCN } from './findings';

/**
 * All words in Simplified Chinese: a browser does well to load them only where they are chosen.
 *
 * @public
 */
export const simplifiedChinese: Catalogue = {
  sentences: chinese,
  findings: findingTextsZhCN,
  facts: factTextsZhCN,
  checks: checkTextsZhCN,
};
