export { checkTextsZhCN } from './checks';
export { chinese } from './chinese';
export { factTextsZhCN } from './facts';
export { findingTextsZhCN } from './findings';
export { textsZhCN } from './sentences/textsZhCN';
export { simplifiedChinese } from './simplifiedChinese';
