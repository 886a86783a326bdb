import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import {
  languages,
  type ScreenTexts,
  screenTextsEn as en,
} from '@ai-mesh/plugin-ai-mesh-common/screens';
import type { Translate } from '../../translation';
import { loadTexts } from '../../translation/catalogueOnCall';
import { behind, whyUnknown } from './reading';

let zh: ScreenTexts;
beforeAll(async () => {
  zh = (await loadTexts(languages['zh-CN'])).default;
});

const speaking = (texts: ScreenTexts) =>
  Object.assign((key: keyof typeof en) => texts[key], {
    language: texts === zh ? 'zh' : 'en',
  }) as unknown as Translate;

const lacksPrice = {
  status: 'unknown' as const,
  reason: 'not-configured' as const,
  ...said(wording('slo.noPrice', { model: 'sage-chat-4' })),
};

it('says why a value is absent in the reader’s language', () => {
  expect(whyUnknown(lacksPrice, speaking(en))).toBe(
    "The source of this value is not configured. No price is configured for the model 'sage-chat-4': add it to aiMesh.slo.prices.",
  );
  expect(whyUnknown(lacksPrice, speaking(zh))).toBe(
    '没有配置数据来源。没有配置模型“sage-chat-4”的价格：请把它加到 aiMesh.slo.prices。',
  );
});

it.each([
  ['a newer backend’s words', [{ key: 'of-tomorrow' }]],
  ['none', undefined],
])('keeps the message where the catalogue lacks it: %s', (_, words) => {
  expect(
    whyUnknown(
      { ...lacksPrice, message: 'As it stands.', words },
      speaking(zh),
    ),
  ).toBe('没有配置数据来源。As it stands.');
});

it.each([
  ['It is so.', ' '],
  ['spec.http[0]', ' '],
  ['是这样。', ''],
  ['依据：', ''],
  ['（有）', ''],
  ['规则', ' '],
])('puts behind ‘%s’ what its last sign leaves room for', (text, room) => {
  expect(behind(text)).toBe(room);
});
