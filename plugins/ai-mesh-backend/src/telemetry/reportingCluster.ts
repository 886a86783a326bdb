import { istioLabels, named } from './istioLabels';

type Labels = Readonly<Record<string, string>>;
interface Row {
  readonly labels: Labels;
}

/** Istio's name of the cluster whose proxy reported: the caller's for its own reports, else the called side's. */
export function reportingCluster({ labels }: Row): string | undefined {
  return named(
    labels,
    labels[istioLabels.reporter] === 'source'
      ? istioLabels.sourceCluster
      : istioLabels.destinationCluster,
  );
}

/** The clusters that report, by Istio's names: one for a Prometheus of one cluster's own, none without the labels. */
export function reportingClusters(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap(row => reportingCluster(row) ?? []))].sort();
}
