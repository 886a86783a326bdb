import {
  fillText,
  findingTextsZhCN,
  type Finding,
  type FindingText,
} from '@ai-mesh/plugin-ai-mesh-common';
import { findingText } from '@ai-mesh/plugin-ai-mesh-common';

/** A finding in the reader's language; of a newer backend's findings in the backend's English. */
export function findingWords(finding: Finding, language: string): FindingText {
  const { messageKey, params, message, why, code } = finding;
  const text = language.startsWith('zh')
    ? chinese(messageKey)
    : findingText(messageKey);
  return text
    ? { ...text, message: fillText(text.message, params) }
    : { title: code, message, why };
}

function chinese(key: string): FindingText | undefined {
  return Object.hasOwn(findingTextsZhCN, key)
    ? findingTextsZhCN[key as keyof typeof findingTextsZhCN]
    : undefined;
}
