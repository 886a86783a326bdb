import {
  wording,
  type CanaryPreflightCheck,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  evidenceRequestOf,
  shortestWindowSeconds,
} from '../engine/CanaryCluster';
import type { GateCatalog } from '../engine/takeQuality';
import { gatherQuality, LOOK_BACK_SECONDS } from '../evidence';
import {
  titleOf,
  titlesOf,
  unknownWords,
  type QualityGate,
  type QualityMeasures,
} from '../gates';
import { ok, warns, type FoundRoute } from './PreflightSubject';

/** The further gates of the plan, and of those that may be chosen instead, with what there is of them now. */
export interface OfferedGates {
  gates: readonly QualityGate[];
  codeGates: GateCatalog['codeGates'];
  measures: QualityMeasures;
}

/** Never rejects: what could not be had says why. */
export async function offeredGates(
  route: FoundRoute,
  catalog: GateCatalog = { gates: [], codeGates: [] },
  signal: AbortSignal,
): Promise<OfferedGates> {
  const { plan, presets = [] } = route.subject;
  const names = [plan, ...presets.map(preset => preset.plan)].flatMap(
    ({ qualityGates = [] }) => qualityGates,
  );
  const gates = catalog.gates.filter(({ name }) => names.includes(name));
  const windowSeconds = Math.max(
    plan.intervalSeconds,
    shortestWindowSeconds(route.cluster),
  );
  return {
    gates,
    codeGates: catalog.codeGates,
    measures:
      gates.length === 0
        ? { shares: {}, numbers: {}, promql: {} }
        : await gatherQuality(
            evidenceRequestOf(route.subject, route, signal),
            gates,
            // By our clock, which is near enough to see whether there is something.
            Date.now() / 1000 - Math.max(windowSeconds, LOOK_BACK_SECONDS),
            windowSeconds,
          ),
  };
}

/** Whether the plan's further gates will have something to judge; nothing where it has none. */
export function qualityGatesCheck(
  { subject }: FoundRoute,
  { gates: offered, codeGates, measures }: OfferedGates,
): CanaryPreflightCheck[] {
  const names = subject.plan.qualityGates ?? [];
  if (names.length === 0) {
    return [];
  }
  const gates = offered.filter(({ name }) => names.includes(name));
  const known = [
    ...gates,
    ...codeGates.filter(({ name }) => names.includes(name)),
  ];
  const gone = names.filter(name => !known.some(gate => gate.name === name));
  const problems = [
    ...gone.map(gate => wording('quality.gone', { gate })),
    ...gates.flatMap(gate => whySilent(gate, measures)),
  ];
  const judges = titlesOf([
    ...known.map(({ title }) => title),
    ...gone.map(name => ({ en: name })),
  ]);
  return [
    problems.length === 0
      ? ok('quality-gates', wording('quality.fine', judges))
      : warns('quality-gates', [
          wording('quality.silent', judges),
          ...problems,
        ]),
  ];
}

function whySilent(
  { kind, name, title, ifMissing }: QualityGate,
  { shares, numbers }: QualityMeasures,
): Words[] {
  const found: (Measured<unknown> | undefined)[] =
    kind === 'share'
      ? [shares[name]]
      : [numbers[name]?.canary, numbers[name]?.stable];
  const [silent] = found.flatMap(one =>
    one?.status === 'unknown' ? [one] : [],
  );
  return silent
    ? [
        wording('gate.further', titleOf(title)),
        ...unknownWords(
          kind === 'share' ? 'what.events' : 'what.value',
          silent,
        ),
        wording(ifMissing === 'hold' ? 'quality.holds' : 'quality.holdsNot'),
      ]
    : [];
}
