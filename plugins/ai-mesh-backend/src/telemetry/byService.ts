import { addTo } from '../kubernetes/addTo';
import { inTurns } from '../target/inTurns';
import { istioLabels } from './istioLabels';
import type { RateRow } from './RateRow';

/** A whole mesh's rows by the service that is called, as each kind of reporter sees it. In turns with other work. */
export async function byService(
  rows: readonly RateRow[],
): Promise<Map<string, RateRow[]>> {
  const groups = new Map<string, RateRow[]>();
  for (const row of rows) {
    await inTurns();
    const { labels } = row;
    const key = [
      labels[istioLabels.reporter],
      labels[istioLabels.destinationServiceNamespace],
      labels[istioLabels.destinationService],
    ];
    addTo(groups, key.join(' '), row);
  }
  return groups;
}
