import { MOMENT, type Language } from '../../words/Language';
import { textsZhCN } from './sentences/textsZhCN';

/**
 * Simplified Chinese, with every sentence: a browser does well to load it only where it is chosen.
 *
 * @public
 */
export const chinese: Language = {
  key: 'zh',
  numbers: new Intl.NumberFormat('zh-CN'),
  moments: new Intl.DateTimeFormat('zh-CN', MOMENT),
  texts: textsZhCN,
  between: '',
  listed: '、',
  units: {
    day: '天',
    hour: '小时',
    minute: '分钟',
    second: '秒',
    millisecond: '毫秒',
    token: '个 token',
  },
};
