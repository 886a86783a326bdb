import {
  known,
  poolOfHost,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { InstantSample } from '../../prometheus/PrometheusClient';
import { valueOf, type TemplateScope } from '../../prometheus/series';
import { serviceOfHost } from '../../routes/hosts';
import type { QualityGate, QualityMeasures } from '../gates';
import { askParts, fromPrometheus } from './askParts';
import { CLOCK, NO_CLOCK, SETTLE_SECONDS } from './countQueries';
import { exportedNames, noNames, type ExportedNames } from './exportedNames';
import { PART_LABEL, type Part, type VersionName } from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';
import { inSpelling, metricsOfGate } from './inSpelling';
import {
  countersOfGate,
  qualityPart,
  qualityQueries,
  type QualityRole,
} from './qualityQueries';
import {
  QualitySums,
  readMean,
  readShare,
  readValue,
  readValues,
} from './readQuality';
import { MEMORY_SECONDS } from './requestQueries';
import { versionSeries } from './VersionSeries';

const sides = ['canary', 'stable'] as const;

/**
 * Counts and measures what the further gates ask for. Never rejects: what could not be had says why. One question for all
 * that is counted, and one for each query of the configuration's own: a mistake in one costs no other its answer.
 *
 * @param gates - with templates
 * @param from - counts since then, Unix seconds by Prometheus' clock
 * @param windowSeconds - of means and values; absent where the weights are too young for one
 */
export async function gatherQuality(
  request: EvidenceRequest,
  gates: readonly QualityGate[],
  from: number,
  windowSeconds: number | undefined,
): Promise<QualityMeasures> {
  const scopes = {
    canary: scopeOf(request, 'canary'),
    stable: scopeOf(request, 'stable'),
  };
  const names = await namesOf(request, gates, scopes);
  const why = (gate: QualityGate) => whyNot(gate, scopes, names);
  const readable = gates.filter(gate => why(gate) === undefined);
  const spelled = names.status === 'known' ? names.value : noNames();
  const [counted, ...values] = await Promise.all([
    count(request, readable, scopes, spelled, from, windowSeconds),
    ...(windowSeconds === undefined
      ? []
      : readable.flatMap(gate =>
          gate.kind === 'value'
            ? [askValue(request, gate, scopes, spelled, windowSeconds)]
            : [],
        )),
  ]);
  const found: QualityMeasures = {
    ...counted,
    numbers: {
      ...counted.numbers,
      ...Object.fromEntries(values.map(({ name, numbers }) => [name, numbers])),
    },
    promql: {
      ...counted.promql,
      ...Object.fromEntries(values.map(({ name, promql }) => [name, promql])),
    },
  };
  for (const gate of gates) {
    const reason = why(gate);
    if (reason && gate.kind === 'share') {
      found.shares[gate.name] = reason;
    } else if (reason) {
      found.numbers[gate.name] = { canary: reason, stable: reason };
    }
  }
  return found;
}

/** What a version is called in templates. */
interface VersionScope {
  scope: TemplateScope;
  /** Why `{{selector}}` stands for nothing: its pods cannot be told apart. */
  whyNoPods?: Unknown;
}

type Scopes = Record<VersionName, VersionScope>;
type Unknown = Extract<Measured<never>, { status: 'unknown' }>;

function scopeOf(request: EvidenceRequest, side: VersionName): VersionScope {
  const version = request[side];
  const { pods } = versionSeries(request.snapshot, version);
  const service =
    poolOfHost(version.host) ??
    serviceOfHost(version.host, request.snapshot.clusterDomain);
  const name = service?.name ?? version.host;
  return {
    scope: {
      pods: pods.status === 'known' ? pods.value : [],
      version: version.subset ?? name,
      service: name,
      namespace: service?.namespace ?? '',
    },
    ...(pods.status === 'unknown' && { whyNoPods: pods }),
  };
}

/** Why a gate cannot be asked; undefined where it can. */
function whyNot(
  gate: QualityGate,
  scopes: Scopes,
  names: Measured<ExportedNames>,
): Unknown | undefined {
  const ofPods =
    gate.kind === 'value'
      ? gate.query.ofPods
      : Object.values(countersOfGate(gate)).some(({ series }) =>
          series.some(one => one.ofPods),
        );
  return (
    (ofPods
      ? (scopes.canary.whyNoPods ?? scopes.stable.whyNoPods)
      : undefined) ??
    // By its documented name it might seem not to be exported.
    (gate.anySpelling && names.status === 'unknown' ? names : undefined)
  );
}

/** How the versions' pods spell the metrics of gates for which any spelling counts. */
async function namesOf(
  request: EvidenceRequest,
  gates: readonly QualityGate[],
  { canary, stable }: Scopes,
): Promise<Measured<ExportedNames>> {
  const metrics = gates.flatMap(metricsOfGate);
  return metrics.length === 0 || canary.whyNoPods || stable.whyNoPods
    ? known(noNames())
    : exportedNames(request, metrics, {
        canary: canary.scope.pods,
        stable: stable.scope.pods,
      });
}

async function count(
  request: EvidenceRequest,
  gates: readonly QualityGate[],
  scopes: Scopes,
  names: ExportedNames,
  from: number,
  windowSeconds: number | undefined,
): Promise<QualityMeasures> {
  const { settleSeconds = SETTLE_SECONDS } = request;
  const span = {
    fromUnixSeconds: from,
    settleSeconds,
    memorySeconds: MEMORY_SECONDS,
  };
  const parts = sides.flatMap(side =>
    qualityQueries(
      gates.map(gate => inSpelling(gate, names[side])),
      side,
      scopes[side].scope,
      span,
      windowSeconds,
    ),
  );
  const nothing: QualityMeasures = { shares: {}, numbers: {}, promql: {} };
  if (parts.length === 0) {
    return nothing;
  }
  const answer = await askParts(request, [...parts, CLOCK]);
  const promql = promqlOf(gates, parts);
  if (answer.status === 'unknown') {
    return { ...read(gates, [], answer, windowSeconds), promql };
  }
  const clock = answer.value.find(
    ({ labels }) => labels[PART_LABEL] === CLOCK.part,
  );
  return clock
    ? {
        span: { from, to: clock.value - settleSeconds },
        ...read(gates, answer.value, undefined, windowSeconds),
        promql,
      }
    : { ...read(gates, [], NO_CLOCK, windowSeconds), promql };
}

function read(
  gates: readonly QualityGate[],
  samples: readonly InstantSample[],
  why: Measured<never> | undefined,
  windowSeconds: number | undefined,
): Pick<QualityMeasures, 'shares' | 'numbers' | 'means'> {
  const sums = new QualitySums(samples);
  const shares: QualityMeasures['shares'] = {};
  const numbers: QualityMeasures['numbers'] = {};
  const means: NonNullable<QualityMeasures['means']> = {};
  for (const gate of gates) {
    if (gate.kind === 'mean') {
      means[gate.name] = readValues(gate, sums);
    }
    if (gate.kind === 'share') {
      shares[gate.name] = why ?? readShare(gate, sums);
    } else if (
      gate.kind === 'mean' &&
      !gate.ofRequests &&
      windowSeconds !== undefined
    ) {
      numbers[gate.name] = {
        canary: why ?? readMean(gate, 'canary', sums),
        stable: why ?? readMean(gate, 'stable', sums),
      };
    }
  }
  return { shares, numbers, means };
}

/** Of each side what its events, or its mean's sum, are counted by. */
function promqlOf(
  gates: readonly QualityGate[],
  parts: readonly Part[],
): QualityMeasures['promql'] {
  const first = (gate: string, side: VersionName, ...roles: QualityRole[]) =>
    parts.find(
      ({ part, version }) =>
        version === side &&
        roles.some(role => part === qualityPart(gate, role, 0)),
    )?.expr;
  return Object.fromEntries(
    gates.map(({ name }) => [
      name,
      Object.fromEntries(
        sides.map(side => [side, first(name, side, 'bad', 'good', 'sum')]),
      ),
    ]),
  );
}

async function askValue(
  request: EvidenceRequest,
  gate: Extract<QualityGate, { kind: 'value' }>,
  scopes: Scopes,
  names: ExportedNames,
  windowSeconds: number,
) {
  const { cluster, prometheus, signal } = request;
  const [canary, stable] = await Promise.all(
    sides.map(async side => {
      const { query } = inSpelling(gate, names[side]);
      const promql = valueOf(query, scopes[side].scope, windowSeconds);
      const answer = await fromPrometheus(cluster, prometheus, async client => {
        const { warnings, samples } = await client.query(promql, {
          signal,
          fresh: true,
        });
        return { warnings, value: samples };
      });
      return {
        promql,
        number: answer.status === 'known' ? readValue(answer.value) : answer,
      };
    }),
  );
  return {
    name: gate.name,
    numbers: { canary: canary.number, stable: stable.number },
    promql: { canary: canary.promql, stable: stable.promql },
  };
}
