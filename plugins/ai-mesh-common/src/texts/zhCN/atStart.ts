import type { LanguageAtStart } from '../../screens/ScreenLanguage';

/** What is known of Simplified Chinese before its texts are loaded. */
export const zhCNAtStart: LanguageAtStart = {
  names: ['zh', 'zh-CN'],
  notLoaded: {
    title: 'AI Mesh 无法加载',
    body: '打开此页面之后门户可能已经更新，或者连接失败。请重新加载页面。',
    reload: '重新加载页面',
  },
  pages: { 'canary/': 'canary.zh-CN/' },
};
