import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { hasLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { Field } from '../../routes/Field';
import type { Analyzer } from '../Analyzer';
import { gatewayApiRoutesOf } from '../routingObjects';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

const GROUP = 'gateway.networking.k8s.io';

/** AIM308, of the Gateway API: a route attached to a Gateway that does not exist, or takes no routes of its namespace. */
export const routeParents: Analyzer = {
  codes: ['AIM308'],
  needs: ['HTTPRoute', 'GRPCRoute', 'KubernetesGateway', 'Namespace'],
  ofObject: true,
  *analyze(subject) {
    for (const object of gatewayApiRoutesOf(subject)) {
      for (const ref of specOf(object).at('parentRefs').list()) {
        const because = isGateway(ref)
          ? whyNot(subject.snapshot, object, ref)
          : undefined;
        if (because) {
          yield {
            key: 'AIM308.parent',
            object,
            path: ref.path,
            params: {
              place: placeOf(object, ''),
              gateway: nameOf(object, ref).join('/'),
              because,
            },
          };
        }
      }
    }
  },
};

function isGateway(ref: Field): boolean {
  return (
    (ref.at('kind').text() ?? 'Gateway') === 'Gateway' &&
    (ref.at('group').text() ?? GROUP) === GROUP
  );
}

function nameOf(route: ConfigObject, ref: Field): [string, string] {
  return [
    ref.at('namespace').text() || (route.metadata.namespace ?? ''),
    ref.at('name').text() ?? '',
  ];
}

function whyNot(
  snapshot: MeshSnapshot,
  route: ConfigObject,
  ref: Field,
): Words | undefined {
  const { namespace = '' } = route.metadata;
  const [home, name] = nameOf(route, ref);
  const gateway = snapshot.get('KubernetesGateway', home, name);
  if (!gateway) {
    return wording('found.gatewayMissing');
  }
  const labels = snapshot.get('Namespace', '', namespace)?.metadata.labels;
  return home === namespace || isShared(gateway, labels)
    ? undefined
    : wording('found.takesNoRoutes', { namespace });
}

/** Without a word on it, a listener takes routes of its Gateway's own namespace alone. */
function isShared(
  gateway: ConfigObject,
  labels: Record<string, string> | undefined,
): boolean {
  return specOf(gateway)
    .at('listeners')
    .list()
    .map(listener => listener.at('allowedRoutes').at('namespaces'))
    .some(allowed => {
      const selector = allowed.at('selector');
      return (
        allowed.at('from').text() === 'All' ||
        (allowed.at('from').text() === 'Selector' &&
          selector.present &&
          hasLabels(labels, selector.at('matchLabels').textMap()))
      );
    });
}
