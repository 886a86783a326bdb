import {
  checkTextsZhCN,
  chinese,
  factTextsZhCN,
  findingTextsZhCN,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Catalogue } from '../Catalogue';

export const catalogue: Catalogue = {
  sentences: chinese,
  findings: findingTextsZhCN,
  facts: factTextsZhCN,
  checks: checkTextsZhCN,
};
