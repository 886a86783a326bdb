import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { ClusterNames, withFoundNames } from './ClusterNames';

interface Row {
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What several clusters answered to one question, each report in one cluster's answer alone: its own, though a
 * Prometheus may know those of several. The rows' clusters are named.
 */
export function uniteReports<T extends Row>(
  answers: readonly { names: ClusterNames; rows: Measured<readonly T[]> }[],
): Measured<T[]>[] {
  const found = ClusterNames.found(answers.map(({ names }) => names));
  const answered = new Set(
    answers.flatMap(({ names, rows }) =>
      rows.status === 'known' ? names.home : [],
    ),
  );
  return answers.map(({ names, rows }) =>
    rows.status === 'known'
      ? known(
          withFoundNames(rows.value, found).filter(
            names.reportedHere(answered),
          ),
        )
      : rows,
  );
}
