import type {
  CheckText,
  FactName,
  FactText,
  FindingMessageKey,
  FindingText,
  Language,
  ReadyMadeCheckId,
} from '@ai-mesh/plugin-ai-mesh-common';

/** The words of one language for what the backend names by keys; in English it says them itself. */
export interface Catalogue {
  sentences: Language;
  findings: Readonly<Record<FindingMessageKey, FindingText>>;
  facts: Readonly<Record<FactName, FactText>>;
  checks: Readonly<Record<ReadyMadeCheckId, CheckText>>;
}
