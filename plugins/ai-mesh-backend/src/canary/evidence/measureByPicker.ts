import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  divide,
  histogramQuantile,
  increaseWithRareBirths,
  lastOverTime,
  multiply,
  rate,
  type Matcher,
} from '../../prometheus/promql';
import { istioLabels } from '../../telemetry/istioLabels';
import type { Evidence, VersionMeasures } from '../gates';
import { tokensPerSecond } from './aiMetrics';
import { askParts } from './askParts';
import type { ExportedNames } from './exportedNames';
import {
  PART_LABEL,
  promqlByGate,
  VERSION_LABEL,
  type Part,
  type VersionName,
} from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';
import { ERROR_CODE, isPoolsFault, isShed, sumOfPicker } from './pickerQueries';
import { MEMORY_SECONDS } from './requestQueries';
import { versionSeries } from './VersionSeries';

const versionNames = ['canary', 'stable'] as const;

type PickerMeasures = Record<VersionName, Partial<VersionMeasures>> &
  Pick<Evidence, 'promql'>;

/**
 * What the pools' endpoint pickers tell over one window where Istio's metrics know no request. Undefined where they do
 * not either.
 */
export async function measureByPicker(
  request: EvidenceRequest,
  pickers: Record<VersionName, Matcher[]>,
  windowSeconds: number,
  names: ExportedNames,
): Promise<Measured<PickerMeasures> | undefined> {
  const parts = versionNames.flatMap(version =>
    partsOf(request, version, pickers[version], windowSeconds, names[version]),
  );
  const answer = await askParts(request, parts);
  if (answer.status === 'unknown') {
    return answer;
  }
  const of = (part: Part['part'], version: VersionName) =>
    answer.value.filter(
      ({ labels }) =>
        labels[PART_LABEL] === part && labels[VERSION_LABEL] === version,
    );
  if (versionNames.every(version => of('requests', version).length === 0)) {
    return undefined;
  }
  const measure = (version: VersionName): Partial<VersionMeasures> => {
    const [requests] = of('requests', version);
    if (!requests) {
      return {};
    }
    if (of('covered', version).length === 0) {
      const why = unknown('not-exported', [
        wording('figure.tooYoung', { seconds: windowSeconds }),
      ]);
      return { requests: why, errorRatio: why, throttledRatio: why };
    }
    const errors = of('errors', version);
    const ratio = (isBad: (code: string | undefined) => boolean) =>
      finite(
        Math.min(
          1,
          errors
            .filter(({ labels }) => isBad(labels[ERROR_CODE]))
            .reduce((total, { value }) => total + value, 0) / requests.value,
        ),
      );
    const number = (part: Part['part']) => {
      const [sample] = of(part, version);
      return sample && { value: finite(sample.value) };
    };
    const p99 = number('p99');
    const tokens = number('tokens');
    return {
      requests: finite(requests.value),
      errorRatio: ratio(isPoolsFault),
      throttledRatio: ratio(isShed),
      ...(p99 && { p99Ms: p99.value }),
      ...(tokens && { tokensPerRequest: tokens.value }),
    };
  };
  return known({
    canary: measure('canary'),
    stable: measure('stable'),
    promql: promqlByGate(parts),
  });
}

/** Evidence with what the pickers tell in the place of what Istio does not. */
export function withPicker(
  evidence: Evidence,
  { canary, stable, promql }: PickerMeasures,
): Evidence {
  return {
    ...evidence,
    canary: { ...evidence.canary, ...canary },
    stable: { ...evidence.stable, ...stable },
    // What found no pod is among the pool's own errors.
    lostRequests: known(0),
    promql: { ...evidence.promql, ...promql },
  };
}

function partsOf(
  request: EvidenceRequest,
  version: VersionName,
  picker: Matcher[],
  windowSeconds: number,
  names: ReadonlySet<string>,
): Part[] {
  const { pods } = versionSeries(request.snapshot, request[version]);
  const counted = (metric: 'requests' | 'errors', ...by: string[]) =>
    sumOfPicker(
      metric,
      picker,
      series => increaseWithRareBirths(series, windowSeconds, MEMORY_SECONDS),
      ...by,
    );
  const parts: Omit<Part, 'version'>[] = [
    { part: 'requests', expr: counted('requests') },
    { part: 'errors', expr: counted('errors', ERROR_CODE) },
    {
      part: 'covered',
      expr: sumOfPicker('requests', picker, series =>
        lastOverTime(series, MEMORY_SECONDS, windowSeconds),
      ),
    },
    {
      part: 'p99',
      expr: multiply(
        histogramQuantile(
          0.99,
          sumOfPicker(
            'durations',
            picker,
            series => rate(series, windowSeconds),
            istioLabels.bucket,
          ),
        ),
        1000,
      ),
    },
    ...(pods.status === 'unknown'
      ? []
      : [
          {
            part: 'tokens' as const,
            expr: divide(
              tokensPerSecond(pods.value, windowSeconds, names),
              sumOfPicker('requests', picker, series =>
                rate(series, windowSeconds),
              ),
            ),
          },
        ]),
  ];
  return parts.map(part => ({ ...part, version }));
}

function finite(value: number): Measured<number> {
  return Number.isFinite(value)
    ? known(value)
    : unknown('no-traffic', [wording('figure.noNumber')]);
}
