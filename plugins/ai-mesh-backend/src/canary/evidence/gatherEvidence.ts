import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import type { Reporter } from '../../telemetry/istioLabels';
import { noMeasures, type Evidence, type VersionMeasures } from '../gates';
import type { FullVersion } from '../split';
import { AI_METRICS } from './aiMetrics';
import { askParts } from './askParts';
import { droppedLabel } from './droppedLabel';
import { exportedNames, noNames, type ExportedNames } from './exportedNames';
import { gateQueries, PART_LABEL, type PartName } from './gateQueries';
import { measureByPicker, withPicker } from './measureByPicker';
import { pickersOf } from './pickerQueries';
import { placeOf } from './MeshPlace';
import { readEvidence } from './readEvidence';
import { versionSeries, type VersionSeries } from './VersionSeries';

/** Whose evidence, and from where. */
export interface EvidenceRequest {
  cluster: string;
  /** What Istio's metrics call it, where that is another name. */
  istioCluster?: string;
  /** The other clusters, by Istio's names, whose series the Prometheus holds too. */
  sharers?: readonly string[];
  /** Whose reports count for any of its calls, where that is known: to look at all costs several times as much. */
  reporters?: readonly Reporter[];
  snapshot: MeshSnapshot;
  /** Undefined where the cluster has none configured. */
  prometheus: PrometheusClient | undefined;
  /** How long a sample may take to arrive; a few seconds unless given. */
  settleSeconds?: number;
  canary: FullVersion;
  stable: FullVersion;
  signal?: AbortSignal;
}

/** What the cluster alone knows of both versions. */
export function endpointEvidence(
  request: Omit<EvidenceRequest, 'prometheus'>,
  windowSeconds: number,
): Evidence {
  const { snapshot, canary, stable } = request;
  const versions = {
    canary: versionSeries(snapshot, canary),
    stable: versionSeries(snapshot, stable),
  };
  return readEvidence([], [], versions, windowSeconds, placeOf(request));
}

/** What is asked only where it is exported: it costs Prometheus as much as all the rest. */
const optional = {
  tokens: 'tokensPerRequest',
  'first-token': 'timeToFirstTokenMs',
} as const satisfies Partial<Record<PartName, keyof VersionMeasures>>;

/** Parts that the canary does not export, and so will not in a shorter window. */
export function partsWithoutSeries({ canary }: Evidence): PartName[] {
  return Object.entries(optional)
    .filter(([, measure]) => {
      const value = canary[measure];
      return (
        value.status === 'unknown' &&
        (value.reason === 'not-exported' || value.reason === 'not-configured')
      );
    })
    .map(([part]) => part as PartName);
}

/**
 * Measures both versions over one window. Never rejects: what could not be measured says why.
 *
 * @param without - parts not to ask for
 */
export async function gatherEvidence(
  request: EvidenceRequest,
  windowSeconds: number,
  without: readonly PartName[] = [],
): Promise<Evidence> {
  const { snapshot } = request;
  const place = placeOf(request);
  const found = {
    canary: versionSeries(snapshot, request.canary),
    stable: versionSeries(snapshot, request.stable),
  };
  const names = await aiNames(request, found, without);
  const versions =
    names.status === 'known'
      ? found
      : {
          canary: { ...found.canary, pods: names },
          stable: { ...found.stable, pods: names },
        };
  const parts = gateQueries(
    versions,
    windowSeconds,
    place,
    names.status === 'known' ? names.value : noNames(),
  ).filter(({ part }) => !without.includes(part));
  const read = (samples: Parameters<typeof readEvidence>[0]) =>
    readEvidence(samples, parts, versions, windowSeconds, place);
  const nothing = (why: Measured<never>): Evidence => {
    const silent = read([]);
    // What the cluster knows it still knows: endpoints, and subsets that are missing.
    const side = (name: 'canary' | 'stable') =>
      versions[name].requests.status === 'known'
        ? {
            ...noMeasures(why),
            readyEndpoints: silent[name].readyEndpoints,
          }
        : silent[name];
    return {
      ...silent,
      canary: side('canary'),
      stable: side('stable'),
      lostRequests: why,
    };
  };
  if (parts.length === 0) {
    return read([]);
  }
  if (names.status === 'unknown' && names.reason === 'source-unreachable') {
    return nothing(names);
  }
  const answer = await askParts(request, parts);
  if (answer.status === 'unknown') {
    return nothing(answer);
  }
  if (!isSilent(answer.value)) {
    return read(answer.value);
  }
  const pickers = pickersOf(request);
  const byPicker =
    pickers &&
    (await measureByPicker(
      request,
      pickers,
      windowSeconds,
      names.status === 'known' ? names.value : noNames(),
    ));
  if (byPicker) {
    return byPicker.status === 'known'
      ? withPicker(read(answer.value), byPicker.value)
      : nothing(byPicker);
  }
  const dropped = await droppedLabel(request);
  return dropped ? nothing(dropped) : read(answer.value);
}

/** How the versions' pods spell AI metrics; not asked for where nothing is to be asked of them. */
async function aiNames(
  request: EvidenceRequest,
  { canary, stable }: Record<'canary' | 'stable', VersionSeries>,
  without: readonly PartName[],
): Promise<Measured<ExportedNames>> {
  const isWanted =
    Object.keys(optional).some(part => !without.includes(part as PartName)) &&
    [canary, stable].some(({ requests }) => requests.status === 'known');
  return isWanted &&
    canary.pods.status === 'known' &&
    stable.pods.status === 'known'
    ? exportedNames(request, AI_METRICS, {
        canary: canary.pods.value,
        stable: stable.pods.value,
      })
    : known(noNames());
}

/** Whether Prometheus knows no request to either version. */
function isSilent(samples: Parameters<typeof readEvidence>[0]): boolean {
  return !samples.some(({ labels }) => labels[PART_LABEL] === 'requests');
}
