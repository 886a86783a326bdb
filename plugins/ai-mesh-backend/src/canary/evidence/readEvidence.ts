import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { InstantSample } from '../../prometheus/PrometheusClient';
import {
  chooseReporters,
  untoldCallers,
} from '../../telemetry/chooseReporters';
import type { RateRow } from '../../telemetry/RateRow';
import { readTraffic } from '../../telemetry/readTraffic';
import type { Evidence, VersionMeasures } from '../gates';
import {
  PART_LABEL,
  promqlByGate,
  VERSION_LABEL,
  type MeasurableVersion,
  type Part,
  type PartName,
  type VersionName,
} from './gateQueries';
import { isAt, type MeshPlace } from './MeshPlace';
import type { VersionSeries } from './VersionSeries';

const notExported = unknown('not-exported', [wording('figure.noSuchSeries')]);

/**
 * What the samples say of both versions.
 *
 * @param parts - what was asked
 * @param place - where they are of
 */
export function readEvidence(
  samples: readonly InstantSample[],
  parts: readonly Part[],
  versions: Record<
    VersionName,
    MeasurableVersion & Pick<VersionSeries, 'endpoints'>
  >,
  windowSeconds: number,
  place: MeshPlace,
): Evidence {
  const of = (part: PartName, version: VersionName) =>
    samples.filter(
      ({ labels }) =>
        labels[PART_LABEL] === part && labels[VERSION_LABEL] === version,
    );
  const asked = (part: PartName, version: VersionName) =>
    parts.some(one => one.part === part && one.version === version);
  const isCovered = of('covered', 'canary').length > 0;
  const measure = (version: VersionName): VersionMeasures => {
    const { requests, pods, endpoints } = versions[version];
    const readyEndpoints: Measured<number> =
      endpoints.status === 'known' ? known(endpoints.value.ready) : endpoints;
    const ofPods = (part: 'tokens' | 'first-token') =>
      pods.status === 'known' ? single(of(part, version)) : pods;
    const rows = of('requests', version);
    return {
      ...(requests.status === 'known'
        ? readRequests(rows, windowSeconds, isCovered, place)
        : {
            requests,
            errorRatio: requests,
            throttledRatio: requests,
          }),
      p99Ms:
        requests.status === 'known' ? single(of('p99', version)) : requests,
      tokensPerRequest: ofPods('tokens'),
      timeToFirstTokenMs: ofPods('first-token'),
      readyEndpoints,
    };
  };
  return {
    windowSeconds,
    canary: measure('canary'),
    stable: measure('stable'),
    lostRequests: asked('lost', 'canary')
      ? lostOf(of('lost', 'canary'), isCovered)
      : unknown('not-configured'),
    promql: promqlByGate(parts),
  };
}

function readRequests(
  samples: readonly InstantSample[],
  windowSeconds: number,
  isCovered: boolean,
  place: MeshPlace,
): Pick<VersionMeasures, 'requests' | 'errorRatio' | 'throttledRatio'> {
  if (samples.length > 0 && !isCovered) {
    const why = unknown('not-exported', [
      wording('figure.tooYoung', { seconds: windowSeconds }),
    ]);
    return { requests: why, errorRatio: why, throttledRatio: why };
  }
  if (samples.some(({ value }) => Number.isNaN(value))) {
    const why = unknown('not-exported', [wording('figure.nan')]);
    return { requests: why, errorRatio: why, throttledRatio: why };
  }
  const rows: RateRow[] = samples
    .map(({ labels, value }) => ({ labels, rate: value / windowSeconds }))
    .filter(isAt(place));
  const untold = untoldCallers(rows);
  if (untold) {
    const why = unknown('no-such-label', [untold]);
    return { requests: why, errorRatio: why, throttledRatio: why };
  }
  const traffic = readTraffic(
    chooseReporters(rows, place.home).pick(rows),
    notExported,
    windowSeconds,
  );
  return {
    requests: traffic.requestCount,
    errorRatio: traffic.errorRatio,
    throttledRatio: traffic.throttledRatio,
  };
}

/** None were lost where no series counts any. */
function lostOf(
  samples: readonly InstantSample[],
  isCovered: boolean,
): Measured<number> {
  if (samples.length === 0) {
    return known(0);
  }
  return isCovered ? single(samples) : notExported;
}

function single(samples: readonly InstantSample[]): Measured<number> {
  const [sample] = samples;
  if (!sample) {
    return notExported;
  }
  // 0 / 0, and a percentile of nothing.
  return Number.isFinite(sample.value)
    ? known(sample.value)
    : unknown('no-traffic', [wording('figure.noNumber')]);
}
