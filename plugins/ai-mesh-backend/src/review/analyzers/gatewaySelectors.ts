import { hasLabels } from '../../kubernetes/labels';
import { Field } from '../../routes/Field';
import type { Analyzer } from '../Analyzer';
import { placeOf } from '../subjectRules';

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';
const KINDS = [
  'AuthorizationPolicy',
  'RequestAuthentication',
  'Telemetry',
] as const;

/**
 * AIM408: a selector that means pods of a Gateway of the Gateway API, which take `targetRefs` only. As Istio's
 * `k8sgateway.SelectorAnalyzer` has it.
 */
export const gatewaySelectors: Analyzer = {
  codes: ['AIM408'],
  needs: [...KINDS, 'Pod'],
  *analyze({ snapshot, service: { namespace } }) {
    const pods = snapshot
      .inNamespace('Pod', namespace)
      .filter(({ metadata }) => metadata.labels?.[GATEWAY_NAME] !== undefined);
    if (pods.length === 0) {
      return;
    }
    for (const kind of KINDS) {
      for (const object of snapshot.inNamespace(kind, namespace)) {
        const spec = new Field(object.spec, 'spec', () => undefined);
        const selector = spec.at('selector');
        const wanted = selector.at('matchLabels').textMap();
        const pod =
          selector.present &&
          !spec.at('targetRef').present &&
          spec.at('targetRefs').list().length === 0
            ? pods.find(({ metadata }) => hasLabels(metadata.labels, wanted))
            : undefined;
        if (pod) {
          yield {
            key: 'AIM408',
            object,
            path: selector.path,
            params: {
              place: placeOf(object, selector.path),
              gateway: pod.metadata.labels?.[GATEWAY_NAME] ?? '',
            },
          };
        }
      }
    }
  },
};
