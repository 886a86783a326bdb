import {
  fillText,
  findingText,
  inLanguage,
  type Finding,
  type FindingMessageKey,
  type FindingText,
} from '@ai-mesh/plugin-ai-mesh-common';
import { type Catalogue, catalogueOf } from '../../translation';

/** A finding in the reader's language; of a newer backend's findings in the backend's English. */
export function findingWords(finding: Finding, language: string): FindingText {
  const { messageKey, message, why, code } = finding;
  const catalogue = catalogueOf(language);
  const text = catalogue
    ? Object.hasOwn(catalogue.findings, messageKey) &&
      catalogue.findings[messageKey as FindingMessageKey]
    : findingText(messageKey);
  return text
    ? {
        ...text,
        message: fillText(text.message, paramsIn(finding, catalogue)),
      }
    : { title: code, message, why };
}

/** In English they stand there as they are said. */
function paramsIn(
  { params, phrases = {} }: Finding,
  catalogue: Catalogue | undefined,
): Finding['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [
      name,
      (catalogue &&
        Object.hasOwn(phrases, name) &&
        inLanguage(phrases[name], catalogue.sentences)) ||
        param,
    ]),
  );
}
