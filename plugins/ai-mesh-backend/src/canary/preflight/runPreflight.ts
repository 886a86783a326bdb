import {
  wordsOf,
  type Words,
  wording,
  type CanaryPreflight,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, MeshKind } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { EditError } from '../../kubernetes/ObjectEditor';
import { unknownKind } from '../../kubernetes/unknownKind';
import type { CanaryCluster, CanaryClusters } from '../engine/CanaryCluster';
import type { GateCatalog } from '../engine/takeQuality';
import { firstMove } from '../machine';
import {
  describePatch,
  editSplit,
  findRule,
  originalOf,
  SplitRefusal,
  whyNoAffinity,
  type SplitEdit,
} from '../split';
import type { CanaryStore } from '../store';
import { affinityChecks } from './affinityChecks';
import { chooseRoute } from './chooseRoute';
import { outlookOf, powerChecks } from './outlook';
import { gitOpsCheck, operatorCheck } from './ownership';
import { poolChecks } from './poolChecks';
import {
  blocks,
  ok,
  type FoundRoute,
  type PreflightResult,
  type PreflightSubject,
  type RunPreflight,
} from './PreflightSubject';
import { intervalCheck, ruleChecks, stepsCheck } from './routeChecks';
import { offeredGates, qualityGatesCheck } from './qualityGatesCheck';
import { sharedPrometheusChecks } from './sharedPrometheus';
import {
  audienceChecks,
  capacityCheck,
  metricsCheck,
  versionChecks,
} from './versionChecks';
import { busyCheck, writeChecks } from './writeChecks';

interface PreflightTools {
  clusters: CanaryClusters;
  store: Pick<CanaryStore, 'holderOf'>;
  /** The gates that plans may name; none unless given. */
  gates?: GateCatalog;
}

/** Checks all that can be checked before anything is written. */
export function preflightOf(tools: PreflightTools): RunPreflight {
  return async (subject, at, signal) => {
    const empty = (
      ...checks: CanaryPreflightCheck[]
    ): { preflight: CanaryPreflight } => ({
      preflight: {
        at: at.toISOString(),
        checks,
        steps: [],
        patch: [],
        diff: [],
      },
    });
    const { cluster: name } = subject.service;
    const cluster = tools.clusters.get(name);
    if (!cluster) {
      return empty(blocks('route', wording('cluster.gone', { cluster: name })));
    }
    const snapshot = await cluster.snapshots.snapshot();
    const unreadable = whyUnreadable(snapshot);
    if (unreadable) {
      return empty(blocks('cluster', unreadable));
    }
    const versions = versionChecks({ snapshot, subject });
    let found: FoundRoute;
    try {
      found = await findRoute(subject, cluster, snapshot, signal);
    } catch (error) {
      if (error instanceof SplitRefusal) {
        return empty(blocks('route', error.words), ...versions);
      }
      if (error instanceof EditError) {
        return empty(blocks('cluster', error.words), ...versions);
      }
      throw error;
    }
    return inspect(tools, found, versions, at, signal);
  };
}

async function inspect(
  tools: PreflightTools,
  route: FoundRoute,
  defined: CanaryPreflightCheck[],
  at: Date,
  signal: AbortSignal,
): Promise<PreflightResult> {
  const missing = defined.some(({ outcome }) => outcome === 'blocks');
  const versions = missing ? defined : [...defined, ...audienceChecks(route)];
  const { object, subject, cluster, snapshot } = route;
  const selector = selectorFor(subject, route.route.rule, snapshot);
  const original = originalOf(object, selector);
  const { steps, checks } = stepsCheck(route);
  const first = steps.length > 0 ? firstEdit(route, steps[0]) : undefined;
  const patch = first?.patch ?? [];
  // A dry run of a patch that is known to lead nowhere says nothing new.
  const sound = versions.every(({ outcome }) => outcome !== 'blocks');
  const offered = await offeredGates(route, tools.gates, signal);
  const outlook = await outlookOf(
    route,
    original.weights,
    steps,
    offered,
    signal,
  );
  const preflight: CanaryPreflight = {
    at: at.toISOString(),
    route: route.route,
    present: original.weights,
    steps,
    patch,
    diff: describePatch(object, patch),
    outlook,
    checks: [
      ok(
        'route',
        wording('route.used', {
          rule: route.found.rule.label,
          object: nameOf(object),
        }),
      ),
      ...versions,
      ...poolChecks(route),
      ...checks,
      intervalCheck(route),
      await busyCheck(route, tools.store),
      operatorCheck(route),
      ...(sound ? await writeChecks(route, patch, signal) : []),
      gitOpsCheck(route),
      ...ruleChecks(route),
      ...(await affinityChecks(route, steps, signal)),
      ...capacityCheck(route, steps.at(-1) ?? 0),
      await metricsCheck(route, signal),
      ...powerChecks(route, outlook),
      ...qualityGatesCheck(route, offered),
      ...(await sharedPrometheusChecks(route, tools.clusters.list())),
    ],
  };
  return {
    preflight,
    found: { cluster, snapshot, route: route.route, original, steps },
  };
}

/** The first write as it will be sent. */
function firstEdit(
  { object, subject, route, snapshot, found }: FoundRoute,
  percent: number,
): SplitEdit {
  const selector = selectorFor(subject, route.rule, snapshot);
  const { headerPhase, affinity } = subject.plan;
  const header = firstMove(subject).kind === 'header' ? headerPhase : undefined;
  const keeps =
    header === undefined &&
    affinity !== undefined &&
    whyNoAffinity(object.kind, affinity, found) === undefined;
  return editSplit(
    object,
    {
      id: subject.id ?? 'preview',
      selector,
      original: originalOf(object, selector),
    },
    {
      kind: 'running',
      percent: header ? 0 : percent,
      header,
      ...(keeps && { affinity }),
    },
  );
}

/**
 * Chosen from what is watched, and read anew from a cluster that may be changed: the patch names the object's very version.
 * Where nothing may be changed, the right to list is all that the portal needs.
 */
async function findRoute(
  subject: PreflightSubject,
  cluster: CanaryCluster,
  snapshot: MeshSnapshot,
  signal: AbortSignal,
): Promise<FoundRoute> {
  const chosen = chooseRoute(snapshot, subject);
  const { editor } = cluster;
  const object: ConfigObject =
    editor && !editor.readOnly
      ? await editor.get(chosen.route.object, signal)
      : chosen.object;
  return {
    subject,
    cluster,
    snapshot,
    route: chosen.route,
    object,
    found: findRule(object, selectorFor(subject, chosen.route.rule, snapshot)),
  };
}

function selectorFor(
  { stable, canary }: PreflightSubject,
  rule: string | undefined,
  { clusterDomain }: MeshSnapshot,
) {
  return { rule, stable, canary, clusterDomain };
}

/** Without its services and at least one kind of route, nothing can be said about a cluster. */
function whyUnreadable(snapshot: MeshSnapshot): Words[] | undefined {
  const kinds: MeshKind[] = ['Service', 'EndpointSlice', 'Pod'];
  const missing = kinds
    .map(kind => unknownKind(snapshot, kind))
    .find(why => why !== undefined);
  if (missing?.status !== 'unknown') {
    return undefined;
  }
  const why = wordsOf(missing);
  return why.length > 0
    ? why
    : [wording('kube.silent', { cluster: snapshot.cluster })];
}

function nameOf({ kind, metadata }: ConfigObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}
