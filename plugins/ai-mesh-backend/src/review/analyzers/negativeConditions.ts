import type { KubernetesObject, MeshKind } from '../../kubernetes/kinds';
import { Field } from '../../routes/Field';
import type { Analyzer } from '../Analyzer';
import { isForService } from '../isForService';
import type { ReviewSubject } from '../ReviewSubject';
import { placeOf } from '../subjectRules';

const GATEWAY_API = ['Accepted', 'Programmed', 'ResolvedRefs'];

/**
 * The conditions that say something is wrong where they are False; others are somebody else's, Argo CD's for one.
 *
 * @see Istio's pkg/config/analysis/analyzers/conditions/conditions.go
 */
const conditions = {
  Service: ['istio.io/WaypointBound'],
  ServiceEntry: ['istio.io/WaypointBound'],
  AuthorizationPolicy: ['ZtunnelAccepted', 'WaypointAccepted'],
  KubernetesGateway: GATEWAY_API,
  HTTPRoute: GATEWAY_API,
  GRPCRoute: GATEWAY_API,
} as const satisfies Partial<Record<MeshKind, readonly string[]>>;

/** AIM315: what the mesh itself says of the service and of the objects of its namespace. */
export const negativeConditions: Analyzer = {
  codes: ['AIM315'],
  needs: Object.keys(conditions) as MeshKind[],
  ofObject: true,
  *analyze(subject) {
    for (const [kind, types] of Object.entries(conditions)) {
      for (const object of objectsOf(
        subject,
        kind as keyof typeof conditions,
      )) {
        for (const condition of conditionsOf(object)) {
          const type = condition.at('type').text() ?? '';
          const status = condition.at('status').text() ?? '';
          const reason = condition.at('reason').text() ?? '';
          // A policy of which a waypoint takes a part is said to be accepted.
          const isPart =
            type === 'WaypointAccepted' && reason === 'PartiallyInvalid';
          if (
            (types as readonly string[]).includes(type) &&
            (status === 'False' || isPart)
          ) {
            yield {
              key: 'AIM315',
              object,
              path: condition.path,
              params: {
                place: placeOf(object, ''),
                type,
                status,
                reason,
                message: condition.at('message').text() ?? '',
              },
            };
          }
        }
      }
    }
  },
};

function objectsOf(
  subject: ReviewSubject,
  kind: keyof typeof conditions,
): readonly KubernetesObject[] {
  const { snapshot, service, object } = subject;
  return kind === 'Service'
    ? [object]
    : snapshot
        .inNamespace(kind, service.namespace)
        .filter(
          each => kind !== 'AuthorizationPolicy' || isForService(subject, each),
        );
}

/** An object's own conditions, and those of a route towards each of its parents. */
function conditionsOf(object: KubernetesObject): Field[] {
  const status = new Field(
    (object as { status?: unknown }).status,
    'status',
    () => undefined,
  );
  return [
    ...status.at('conditions').list(),
    ...status
      .at('parents')
      .list()
      .flatMap(parent => parent.at('conditions').list()),
  ];
}
