import type { ConfigObject } from '../../kubernetes/kinds';
import { hasLabels } from '../../kubernetes/labels';
import { objectName } from '../../routes/objectRef';
import {
  asksForAmbient,
  asksForSidecar,
  isAmbient,
  namespaceLabels,
  waypointExists,
  waypointOf,
} from '../ambientUse';
import type { Analyzer, Draft } from '../Analyzer';
import { hasSidecar, inAmbient } from '../inMesh';
import { serviceRefs } from '../isForService';
import { needsWaypoint } from '../needsWaypoint';
import type { ReviewSubject } from '../ReviewSubject';
import { hasTargetRefs, selectorOf } from '../selectorOf';
import { serviceWorkloads, type ServiceWorkload } from '../serviceWorkloads';

const MANAGED = 'gateway.istio.io/managed';

/**
 * AIM802, and AIM415 of a workload: labels that ask for a sidecar and for ambient, waypoints that are not there, and
 * policies that would need one.
 *
 * @see Kiali's business/checkers/ambient/ambient_workload_checker.go
 */
export const ambientWorkloads: Analyzer = {
  codes: ['AIM802', 'AIM415'],
  needs: [
    'Namespace',
    'Pod',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'KubernetesGateway',
    'AuthorizationPolicy',
  ],
  ofObject: true,
  *analyze(subject) {
    for (const workload of serviceWorkloads(subject)) {
      if (workload.labels[MANAGED] === undefined) {
        yield* judge(subject, workload);
      }
    }
  },
};

function* judge(
  subject: ReviewSubject,
  { object, name, labels, pods }: ServiceWorkload,
): Iterable<Draft> {
  const { snapshot, service } = subject;
  const home = namespaceLabels(snapshot, service.namespace);
  const common = { object, path: '', params: { workload: name } };
  const ambient = asksForAmbient(labels, home);
  const sidecars = pods.some(hasSidecar);
  const redirected = pods.some(inAmbient);
  if (ambient && asksForSidecar(labels, home)) {
    yield { ...common, key: 'AIM802.labels' };
  }
  const waypoint =
    labels['istio.io/dataplane-mode'] === 'none'
      ? undefined
      : waypointOf(labels, home);
  if (waypoint && pods.length > 0) {
    if (!redirected && !ambient) {
      yield { ...common, key: 'AIM802.waypointOutside' };
    }
    if (!waypointExists(subject, labels)) {
      yield {
        ...common,
        key: 'AIM802.waypointMissing',
        params: { workload: name, waypoint },
      };
    }
  }
  if (redirected && asksForSidecar(labels, home)) {
    yield { ...common, key: 'AIM802.redirected' };
  }
  if (sidecars && (ambient || isAmbient(home))) {
    yield {
      ...common,
      key: 'AIM802.sidecar',
      theirs: [
        ...(ambient ? ['KIA1315'] : []),
        ...(isAmbient(home) ? ['KIA1316'] : []),
      ],
    };
  }
  const policies =
    (redirected || ambient) && !waypointExists(subject, labels)
      ? policiesFor(subject, labels)
      : [];
  if (policies.length > 0) {
    yield {
      ...common,
      key: 'AIM415.workload',
      params: {
        workload: name,
        policies: policies.map(objectName).join(', '),
      },
      related: policies,
    };
  }
}

/** The namespace's policies of requests that are for the workload. */
function policiesFor(
  subject: ReviewSubject,
  labels: ServiceWorkload['labels'],
): ConfigObject[] {
  const { snapshot, service } = subject;
  return snapshot.inNamespace('AuthorizationPolicy', service.namespace).filter(
    policy =>
      needsWaypoint(policy) &&
      (hasTargetRefs(policy)
        ? // Attached to the service, it is done where the service has a waypoint.
          serviceRefs(policy).includes(service.name) &&
          !waypointExists(subject, subject.object.metadata.labels)
        : hasLabels(labels, selectorOf(policy) ?? {})),
  );
}
