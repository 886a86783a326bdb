import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import { istioLabels, named, readEncryption, type RateRow } from '../telemetry';
import { addTo } from '../kubernetes/addTo';

type PlaintextCaller = Overview['mtls']['plaintextCallers'][number];

/**
 * The callers seen in plaintext, most calls first. A caller without a proxy has no name in Istio's metrics: all of
 * them together are `unknown`.
 *
 * @param rows - rates of requests and of TCP connections opened, of every reporter, with the callers' clusters named
 */
export function plaintextCallers(rows: readonly RateRow[]): PlaintextCaller[] {
  const callers = new Map<string, RateRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(identity(row));
    addTo(callers, key, row);
  }
  return [...callers.values()]
    .flatMap(ofCaller => {
      const encryption = readEncryption(ofCaller);
      return encryption.status === 'known' &&
        encryption.value.plaintextPerSecond > 0
        ? [
            {
              ...identity(ofCaller[0]),
              plaintextPerSecond: encryption.value.plaintextPerSecond,
            },
          ]
        : [];
    })
    .sort((a, b) => b.plaintextPerSecond - a.plaintextPerSecond);
}

function identity({ labels }: RateRow) {
  const namespace = named(labels, istioLabels.sourceNamespace);
  return {
    cluster: labels[istioLabels.sourceCluster] ?? '',
    ...(namespace && { namespace }),
    workload: named(labels, istioLabels.sourceWorkload) ?? 'unknown',
  };
}
