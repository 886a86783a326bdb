import { inTurns } from '../target/inTurns';
import { parseClusterName } from './breakerStats';
import { istioLabels, PASSTHROUGH_CLUSTERS } from './istioLabels';
import type { NamespacedName, TrafficScope } from './TrafficScope';
import type { RateRow } from './RateRow';

/** Rows of a whole mesh by who calls whom: what is picked costs as much as there is of it, however large the mesh. */
export class RowsByEnds {
  readonly #to = new Map<string, RateRow[]>();
  readonly #from = new Map<string, RateRow[]>();
  readonly #around = new Map<string, RateRow[]>();

  /** In turns with other work: there may be 100,000. */
  static async of(rows: readonly RateRow[]): Promise<RowsByEnds> {
    const index = new RowsByEnds();
    for (const row of rows) {
      await inTurns();
      index.#add(row);
    }
    return index;
  }

  #add(row: RateRow): void {
    const { labels } = row;
    const called = labels[istioLabels.destinationService];
    put(
      this.#to,
      key(labels[istioLabels.destinationServiceNamespace], called),
      row,
    );
    put(
      this.#from,
      key(
        labels[istioLabels.sourceNamespace],
        labels[istioLabels.sourceWorkload],
      ),
      row,
    );
    if (called !== undefined && PASSTHROUGH_CLUSTERS.has(called)) {
      put(
        this.#around,
        key(
          labels[istioLabels.destinationWorkloadNamespace],
          labels[istioLabels.destinationWorkload],
        ),
        row,
      );
    }
  }

  /** The rows that a query of the scope answers with, each once. */
  pick({ to, from, around = [] }: TrafficScope): RateRow[] {
    const found = new Set<RateRow>();
    const take = (
      index: ReadonlyMap<string, RateRow[]>,
      names: readonly NamespacedName[],
    ) => {
      for (const { namespace, name } of names) {
        for (const row of index.get(key(namespace, name)) ?? []) {
          found.add(row);
        }
      }
    };
    take(this.#to, to);
    take(this.#from, from);
    take(this.#around, around);
    return [...found];
  }
}

/** Circuit breakers' rows by the full name of the host that is called. */
export function rowsByHost(
  rows: readonly RateRow[],
): ReadonlyMap<string, RateRow[]> {
  const byHost = new Map<string, RateRow[]>();
  for (const row of rows) {
    const host = parseClusterName(row.labels.cluster_name ?? '')?.host;
    if (host !== undefined) {
      put(byHost, host, row);
    }
  }
  return byHost;
}

function key(namespace = '', name = ''): string {
  // No name of Kubernetes has a space.
  return `${namespace} ${name}`;
}

function put(index: Map<string, RateRow[]>, at: string, row: RateRow): void {
  const present = index.get(at);
  if (present) {
    present.push(row);
  } else {
    index.set(at, [row]);
  }
}
