import {
  unknown,
  wordsOf,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { serviceOfHost } from '../../routes/hosts';
import { istioLabels } from '../../telemetry/istioLabels';
import { droppedLabelsQuery, whatLacks } from '../../telemetry/droppedLabels';
import { fromPrometheus } from './askParts';
import type { EvidenceRequest } from './gatherEvidence';
import { versionSeries } from './VersionSeries';

const KEEP_MS = 60_000;

/**
 * Where nothing is found of a Service's versions: the label by which it would have been, if somebody dropped it. One
 * question more, only then; undefined where no label lacks, or nobody can tell.
 */
export async function droppedLabel({
  cluster,
  snapshot,
  prometheus,
  canary,
  stable,
  signal,
}: EvidenceRequest): Promise<Measured<never> | undefined> {
  const namespaces = [
    ...new Set(
      [canary, stable].flatMap(
        ({ host }) =>
          serviceOfHost(host, snapshot.clusterDomain)?.namespace ?? [],
      ),
    ),
  ];
  if (namespaces.length === 0) {
    return undefined;
  }
  const isToldByRevision = [canary, stable].some(version => {
    const { requests } = versionSeries(snapshot, version);
    return (
      requests.status === 'known' &&
      requests.value.some(matcher =>
        matcher.startsWith(istioLabels.destinationRevision),
      )
    );
  });
  const rows = await fromPrometheus(cluster, prometheus, async client => {
    const { warnings, samples } = await client.query(
      droppedLabelsQuery(
        namespaces,
        isToldByRevision ? [istioLabels.destinationRevision] : [],
      ),
      { signal, keepForMs: KEEP_MS },
    );
    return { warnings, value: samples };
  });
  const lack =
    rows.status === 'known' ? whatLacks(rows.value, namespaces) : undefined;
  return lack === undefined
    ? undefined
    : unknown('no-such-label', wordsOf(lack));
}
