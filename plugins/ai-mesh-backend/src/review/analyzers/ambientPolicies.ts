import type { ConfigObject } from '../../kubernetes/kinds';
import { withLabels } from '../../kubernetes/labels';
import { isAmbient, namespaceLabels, waypointOf } from '../ambientUse';
import type { Analyzer, Draft } from '../Analyzer';
import { isForService, serviceRefs } from '../isForService';
import { needsWaypoint } from '../needsWaypoint';
import type { ReviewSubject } from '../ReviewSubject';
import { hasTargetRefs, selectorOf } from '../selectorOf';
import { placeOf } from '../subjectRules';

/** Kiali's codes for what has no waypoint, and for what is not tied to one. */
const theirs = {
  AuthorizationPolicy: { noWaypoint: 'KIA0109', selector: 'KIA0110' },
  RequestAuthentication: { noWaypoint: 'KIA1110', selector: 'KIA1115' },
  Telemetry: { noWaypoint: 'KIA1112', selector: 'KIA1117' },
  WasmPlugin: { noWaypoint: 'KIA1111', selector: 'KIA1116' },
} as const;

type Kind = keyof typeof theirs;

/** AIM415: policies and settings of requests in a namespace in ambient that no waypoint carries out. */
export const ambientPolicies = analyzerOf(
  'AuthorizationPolicy',
  'RequestAuthentication',
  'Telemetry',
);

/** AIM415 of plugins, apart from the others: who may not list them can judge those all the same. */
export const ambientPlugins = analyzerOf('WasmPlugin');

function analyzerOf(...kinds: Kind[]): Analyzer {
  return {
    codes: ['AIM415'],
    needs: [...kinds, 'Namespace', 'Pod'],
    ofObject: true,
    *analyze(subject) {
      const { snapshot, service } = subject;
      if (!isAmbient(namespaceLabels(snapshot, service.namespace))) {
        return;
      }
      for (const kind of kinds) {
        for (const object of snapshot.inNamespace(kind, service.namespace)) {
          if (
            needsWaypoint(object) &&
            isForService(subject, object) &&
            !isIneffective(subject, object)
          ) {
            yield* judge(subject, object, kind);
          }
        }
      }
    },
  };
}

/** What a policy does instead of what it says AIM407 tells, rule by rule, with these codes beside it. */
function isIneffective(
  { security }: ReviewSubject,
  { kind, metadata }: ConfigObject,
): boolean {
  return (
    kind === 'AuthorizationPolicy' &&
    security.ineffective.some(
      ({ object }) =>
        object.name === metadata.name &&
        object.namespace === metadata.namespace,
    )
  );
}

/** Kiali's codes for what keeps an object of requests from being carried out in ambient. */
export function ambientCodes(
  subject: ReviewSubject,
  object: ConfigObject,
): string[] {
  const { snapshot, service } = subject;
  const kind = object.kind as Kind;
  return Object.hasOwn(theirs, kind) &&
    object.metadata.namespace === service.namespace &&
    isAmbient(namespaceLabels(snapshot, service.namespace)) &&
    needsWaypoint(object)
    ? [
        ...(hasTargetRefs(object) ? [] : [theirs[kind].selector]),
        ...(reachesUncaptured(subject, object)
          ? [theirs[kind].noWaypoint]
          : []),
      ]
    : [];
}

function* judge(
  subject: ReviewSubject,
  object: ConfigObject,
  kind: Kind,
): Iterable<Draft> {
  const place = placeOf(object, '');
  if (!hasTargetRefs(object)) {
    yield {
      key: 'AIM415.selector',
      object,
      path: '',
      params: { place },
      theirs: [theirs[kind].selector],
    };
  }
  if (reachesUncaptured(subject, object)) {
    yield {
      key: 'AIM415.noWaypoint',
      object,
      path: '',
      params: { place, namespace: subject.service.namespace },
      theirs: [theirs[kind].noWaypoint],
    };
  }
}

/**
 * Whether any workload that the object selects uses no waypoint; of one that selects none, the namespace. What is
 * attached to a Service goes by that one's waypoint, what is attached to a gateway is there.
 */
function reachesUncaptured(
  { snapshot, service, object: called }: ReviewSubject,
  object: ConfigObject,
): boolean {
  const labels = namespaceLabels(snapshot, service.namespace);
  if (hasTargetRefs(object)) {
    return (
      serviceRefs(object).length > 0 &&
      !waypointOf(called.metadata.labels, labels)
    );
  }
  const selector = selectorOf(object);
  const pods = selector
    ? withLabels(snapshot.inNamespace('Pod', service.namespace), selector)
    : [];
  return pods.length > 0
    ? pods.some(({ metadata }) => !waypointOf(metadata.labels, labels))
    : !waypointOf(undefined, labels);
}
