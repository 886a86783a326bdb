import type { MeshSnapshot } from './MeshSnapshot';
import { hasLabels } from './labels';
import { templateKinds } from './workloads';

/** On what Istio deploys for a Gateway of the Gateway API. */
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';
/** What installations call them, for where the objects cannot be read. */
const USUAL_NAMES = new Set([
  'istio-ingressgateway',
  'istio-ingress',
  'istio-eastwestgateway',
]);

/** Whether a workload is a gateway, to the outside or between clusters: one that a Gateway of Istio selects, or that runs for one of the Gateway API. */
export function isGatewayWorkload(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): boolean {
  const workload = templateKinds
    .map(kind => snapshot.get(kind, namespace, name))
    .find(object => object);
  if (!workload) {
    return USUAL_NAMES.has(name);
  }
  const labels = workload.spec?.template?.metadata?.labels ?? {};
  return (
    labels[GATEWAY_NAME] !== undefined ||
    snapshot.all('Gateway').some(({ spec }) => {
      const selector = (spec?.selector ?? {}) as Record<string, string>;
      return Object.keys(selector).length > 0 && hasLabels(labels, selector);
    })
  );
}
