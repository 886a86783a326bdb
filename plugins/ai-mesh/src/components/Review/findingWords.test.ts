import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { languages } from '@ai-mesh/plugin-ai-mesh-common/screens';
import { finding } from '../../__testUtils__';
import { loadTexts } from '../../translation/catalogueOnCall';

import { findingWords } from './findingWords';

beforeAll(() => loadTexts(languages['zh-CN']));

const place = wording('place.in', {
  path: 'spec.http[0]',
  object: 'VirtualService ai/chat',
});
const found = finding('AIM101', {
  params: { place: inEnglish([place]), service: 'ai/chat' },
});

it('says where a finding is in the words of the language', () => {
  const told = { ...found, phrases: { place: [place] } };
  expect(findingWords(told, 'zh-CN').message).toBe(
    'VirtualService ai/chat 的 spec.http[0] 把请求发往 ai/chat，但没有设置超时。',
  );
  expect(findingWords(told, 'en').message).toContain(
    'spec.http[0] of VirtualService ai/chat',
  );
});

it.each([
  ['an older backend gives no words', undefined],
  ['a newer one gives unknown words', { place: [{ key: 'of.tomorrow' }] }],
])('says it in English where %s', (_, phrases) => {
  expect(findingWords({ ...found, phrases }, 'zh-CN').message).toContain(
    'spec.http[0] of VirtualService ai/chat',
  );
});
