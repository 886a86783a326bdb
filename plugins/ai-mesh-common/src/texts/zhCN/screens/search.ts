import type { search as en } from '../../../screens/en/search';

export const search: Record<keyof typeof en, string> = {
  'search.level': '等级：{{level}}',
  'search.levelUnknown': '等级：未知',
  'search.findings': '发现：{{codes}}',
  'search.models': '模型：{{models}}',
};
