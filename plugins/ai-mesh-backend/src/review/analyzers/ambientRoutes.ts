import type { ConfigObject } from '../../kubernetes/kinds';
import { unknownKind } from '../../kubernetes/unknownKind';
import { fullHost, serviceOfHost } from '../../routes/hosts';
import {
  isAmbient,
  namespaceLabels,
  waypointExists,
  waypointOf,
} from '../ambientUse';
import type { Analyzer } from '../Analyzer';
import { needsWaypoint } from '../needsWaypoint';
import type { ReviewSubject } from '../ReviewSubject';
import { specOf } from '../specOf';
import { placeOf, serviceName } from '../subjectRules';

/** Kiali's codes for a service without a waypoint, and for an object outside the service's namespace. */
const theirs = {
  VirtualService: { notCaptured: 'KIA1113', otherNamespace: 'KIA1114' },
  DestinationRule: { notCaptured: 'KIA0211', otherNamespace: 'KIA0212' },
} as const;

type Kind = keyof typeof theirs;

/** AIM415: routes and rules for a service in ambient that its waypoint does not carry out. */
export const ambientRoutes: Analyzer = {
  codes: ['AIM415'],
  needs: ['VirtualService', 'DestinationRule', 'Namespace'],
  *analyze(subject) {
    const { snapshot, service, object: served, routes } = subject;
    const labels = namespaceLabels(snapshot, service.namespace);
    if (!isAmbient(labels)) {
      return;
    }
    const waypoint = waypointOf(served.metadata.labels, labels);
    const unread = unknownKind(snapshot, 'KubernetesGateway');
    const isMissing =
      waypoint !== undefined &&
      (unread?.status !== 'unknown' || unread.reason === 'not-configured') &&
      !waypointExists(subject, served.metadata.labels);
    for (const object of routes.objects) {
      const codes = theirs[object.kind as Kind] as
        (typeof theirs)[Kind] | undefined;
      if (!codes || !needsWaypoint(object)) {
        continue;
      }
      const common = {
        object,
        path: object.kind === 'DestinationRule' ? 'spec.host' : 'spec.hosts',
        params: { place: placeOf(object, ''), service: serviceName(subject) },
      };
      if (object.metadata.namespace !== service.namespace) {
        yield {
          ...common,
          key: 'AIM415.otherNamespace',
          theirs: [codes.otherNamespace],
        };
      }
      if (waypoint === undefined) {
        yield {
          ...common,
          key: 'AIM415.notCaptured',
          theirs: [codes.notCaptured],
        };
      }
      if (isMissing) {
        // Kiali asks for the label alone.
        const params = { ...common.params, waypoint };
        yield { ...common, key: 'AIM415.waypointMissing', params, theirs: [] };
      }
    }
    // What names nothing that is known here is judged by where it lies.
    for (const kind of Object.keys(theirs) as Kind[]) {
      for (const object of strays(subject, kind)) {
        if (!waypointOf(undefined, labels) && needsWaypoint(object)) {
          yield {
            key: 'AIM415.noWaypoint',
            object,
            path: '',
            params: {
              place: placeOf(object, ''),
              namespace: service.namespace,
            },
            theirs: [kind === 'VirtualService' ? 'KIA1109' : 'KIA0210'],
          };
        }
      }
    }
  },
};

/** Objects of the namespace whose hosts are no Service that there is. */
function strays(
  { snapshot, service }: ReviewSubject,
  kind: Kind,
): ConfigObject[] {
  return snapshot.inNamespace(kind, service.namespace).filter(object => {
    const spec = specOf(object);
    const hosts =
      kind === 'VirtualService'
        ? spec.at('hosts').texts()
        : [spec.at('host').text() ?? ''];
    return !hosts.some(host => {
      const name = serviceOfHost(
        fullHost(host, service.namespace, snapshot.clusterDomain),
        snapshot.clusterDomain,
      );
      return name && snapshot.get('Service', name.namespace, name.name);
    });
  });
}
