import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { istioLabels, named } from '../telemetry/istioLabels';
import { COUNTED_LABEL } from './encryptionQueries';

/** Plaintext that one workload got from one caller. */
export interface PlaintextCalls {
  readonly workload: string;
  readonly callerNamespace?: string;
  readonly callerWorkload?: string;
  readonly lastAt: Date;
}

/** What was seen of a whole namespace over the look-back. */
export interface NamespacePlaintext {
  readonly calls: readonly PlaintextCalls[];
  /** Since when Prometheus knows the namespace; undefined: it does not. */
  readonly since: Date | undefined;
}

/** Reads the namespace query's answer for one namespace. */
export function namespacePlaintext(
  series: Measured<readonly RangeSeries[]>,
  namespace: string,
): Measured<NamespacePlaintext> {
  if (series.status === 'unknown') {
    return series;
  }
  const here = series.value.filter(
    ({ labels }) =>
      labels[istioLabels.destinationWorkloadNamespace] === namespace,
  );
  const since = here
    .filter(({ labels }) => labels[COUNTED_LABEL] === 'coverage')
    .flatMap(({ values }) => values.slice(0, 1))
    .map(([time]) => time)
    .sort((a, b) => a - b)[0];
  const calls = here
    .filter(({ labels }) => labels[COUNTED_LABEL] !== 'coverage')
    .flatMap(({ labels, values }) => {
      const last = values.findLast(([, value]) => value > 0)?.[0];
      const workload = named(labels, istioLabels.destinationWorkload);
      const callerNamespace = named(labels, istioLabels.sourceNamespace);
      const callerWorkload = named(labels, istioLabels.sourceWorkload);
      return last === undefined || workload === undefined
        ? []
        : [
            {
              workload,
              lastAt: new Date(last * 1000),
              ...(callerNamespace !== undefined && { callerNamespace }),
              ...(callerWorkload !== undefined && { callerWorkload }),
            },
          ];
    });
  return known({
    calls,
    since: since === undefined ? undefined : new Date(since * 1000),
  });
}
