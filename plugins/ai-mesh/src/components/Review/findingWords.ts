import {
  fillText,
  findingTextsZhCN,
  inLanguage,
  type Finding,
  type FindingText,
} from '@ai-mesh/plugin-ai-mesh-common';
import { findingText } from '@ai-mesh/plugin-ai-mesh-common';

/** A finding in the reader's language; of a newer backend's findings in the backend's English. */
export function findingWords(finding: Finding, language: string): FindingText {
  const { messageKey, message, why, code } = finding;
  const params = paramsIn(finding, language);
  const text = language.startsWith('zh')
    ? chinese(messageKey)
    : findingText(messageKey);
  return text
    ? { ...text, message: fillText(text.message, params) }
    : { title: code, message, why };
}

function paramsIn(
  { params, phrases = {} }: Finding,
  language: string,
): Finding['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [
      name,
      (Object.hasOwn(phrases, name) && inLanguage(phrases[name], language)) ||
        param,
    ]),
  );
}

function chinese(key: string): FindingText | undefined {
  return Object.hasOwn(findingTextsZhCN, key)
    ? findingTextsZhCN[key as keyof typeof findingTextsZhCN]
    : undefined;
}
