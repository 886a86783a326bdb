import type { CheckText, FactName, FactText, ReadyMadeCheckId } from '../facts';
import type { FindingMessageKey, FindingText } from '../review';
import type { Language } from '../words';

/**
 * The words of one language for all that the backend names by keys; in English it says them itself.
 *
 * @public
 */
export interface Catalogue {
  sentences: Language;
  findings: Readonly<Record<FindingMessageKey, FindingText>>;
  facts: Readonly<Record<FactName, FactText>>;
  checks: Readonly<Record<ReadyMadeCheckId, CheckText>>;
}
