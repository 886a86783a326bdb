import type {
  CanaryPreflightCheck,
  Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
import type { GateCatalog } from '../engine/takeQuality';
import { gatherQuality } from '../evidence';
import type { QualityGate, QualityMeasures } from '../gates';
import { ok, warns, type FoundRoute } from './PreflightSubject';

/** Whether the plan's further gates will have something to judge; nothing where it has none. */
export async function qualityGatesCheck(
  { cluster, snapshot, subject }: FoundRoute,
  catalog: GateCatalog = { gates: [], codeGates: [] },
  signal: AbortSignal,
): Promise<CanaryPreflightCheck[]> {
  const names = subject.plan.qualityGates ?? [];
  if (names.length === 0) {
    return [];
  }
  const known = [...catalog.gates, ...catalog.codeGates].map(
    ({ name }) => name,
  );
  const gone = names.filter(name => !known.includes(name));
  const gates = catalog.gates.filter(({ name }) => names.includes(name));
  const windowSeconds = Math.max(
    subject.plan.intervalSeconds,
    shortestWindowSeconds(cluster),
  );
  const measures = await gatherQuality(
    {
      cluster: cluster.name,
      istioCluster: cluster.istioCluster,
      sharers: cluster.sharers,
      snapshot,
      prometheus: cluster.prometheus,
      canary: subject.canary,
      stable: subject.stable,
      signal,
    },
    gates,
    // By our clock, which is near enough to see whether there is something.
    Date.now() / 1000 - windowSeconds,
    windowSeconds,
  );
  const silent = gates.flatMap(gate => {
    const why = whySilent(gate, measures);
    return why ? [`${gate.name}: ${why}`] : [];
  });
  const problems = [
    ...gone.map(
      name =>
        `${name}: the portal has no such gate any more (aiMesh.canary.gates).`,
    ),
    ...silent,
  ];
  return [
    problems.length === 0
      ? ok(
          'quality-gates',
          `It is also judged by ${names.join(', ')}, and there is something to judge.`,
        )
      : warns(
          'quality-gates',
          `It is also judged by ${names.join(', ')}. Not all of them have something to judge at present. ${problems.join(' ')}`,
        ),
  ];
}

function whySilent(
  { kind, name, ifMissing }: QualityGate,
  { shares, numbers }: QualityMeasures,
): string | undefined {
  const found: (Measured<unknown> | undefined)[] =
    kind === 'share'
      ? [shares[name]]
      : [numbers[name]?.canary, numbers[name]?.stable];
  const [silent] = found.flatMap(one =>
    one?.status === 'unknown' ? [one] : [],
  );
  const then =
    ifMissing === 'hold'
      ? 'Until there is, it holds.'
      : 'Where neither version has it, the gate does not apply.';
  return silent && `${silent.message ?? silent.reason} ${then}`;
}
