import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { spellings } from '../../prometheus/metricSpelling';
import {
  countBy,
  or,
  seriesNamed,
  tag,
  type Matcher,
} from '../../prometheus/promql';
import { fromPrometheus } from './askParts';
import { VERSION_LABEL, type VersionName } from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';

/** How each version's pods spell the metrics that they export. */
export type ExportedNames = Record<VersionName, ReadonlySet<string>>;

const versions = ['canary', 'stable'] as const;
/** An exporter does not change its spelling while its pods run. */
const KEEP_MS = 60_000;

export const noNames = (): ExportedNames => ({
  canary: new Set(),
  stable: new Set(),
});

/**
 * Under which names the versions' pods export some metrics, in whatever spelling: a rate can be taken of named series
 * alone.
 *
 * @param metrics - as their documentation writes them
 */
export async function exportedNames(
  { cluster, prometheus, signal }: EvidenceRequest,
  metrics: readonly string[],
  pods: Record<VersionName, readonly Matcher[]>,
): Promise<Measured<ExportedNames>> {
  const regexes = metrics.map(spellings);
  const [canary, stable] = versions.map(version =>
    tag(
      countBy(['__name__'], seriesNamed(regexes, ...pods[version])),
      VERSION_LABEL,
      version,
    ),
  );
  const rows = await fromPrometheus(cluster, prometheus, async client => {
    const { warnings, samples } = await client.query(or(canary, stable), {
      signal,
      keepForMs: KEEP_MS,
    });
    return { warnings, value: samples };
  });
  if (rows.status === 'unknown') {
    return rows;
  }
  const of = (version: VersionName) =>
    new Set(
      rows.value.flatMap(({ labels }) =>
        labels[VERSION_LABEL] === version && labels.__name__
          ? [labels.__name__]
          : [],
      ),
    );
  return known({ canary: of('canary'), stable: of('stable') });
}
