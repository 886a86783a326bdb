import type { FindingCode, Review } from '@ai-mesh/plugin-ai-mesh-common';

/** The codes of what the review finds and no annotation silences, each once. Those that could not be judged are not among them. */
export function findingCodes({
  findings,
}: Pick<Review, 'findings'>): FindingCode[] {
  return [
    ...new Set(
      findings.flatMap(({ code, suppressedBy }) => (suppressedBy ? [] : code)),
    ),
  ].sort();
}
