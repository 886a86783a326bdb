import {
  findingIn,
  findingTextsEn,
  type Finding,
  type FindingText,
} from '@ai-mesh/plugin-ai-mesh-common';
import { catalogueOf } from '../../translation';

const inEnglish = { findings: findingTextsEn };

/** A finding in the reader's language; of a newer backend's findings in the backend's English. */
export function findingWords(finding: Finding, language: string): FindingText {
  const { message, why, code } = finding;
  return (
    findingIn(finding, catalogueOf(language) ?? inEnglish) ?? {
      title: code,
      message,
      why,
    }
  );
}
