import type { ConfigObject } from '../kubernetes/kinds';
import { gatewayName } from './gatewayName';
import type { ReviewSubject } from './ReviewSubject';
import { virtualServicesOf } from './routingObjects';
import { specOf } from './specOf';

/** What plays no part in a service's requests and is looked at all the same: its gateways, and what its namespace says. */
export function surroundings(subject: ReviewSubject): ConfigObject[] {
  const { snapshot, service } = subject;
  const gateways = virtualServicesOf(subject).flatMap(object =>
    specOf(object)
      .at('gateways')
      .texts()
      .flatMap(written => {
        const home = object.metadata.namespace ?? '';
        const { namespace, name } = gatewayName(written, home);
        return (['Gateway', 'KubernetesGateway'] as const).flatMap(
          kind => snapshot.get(kind, namespace, name) ?? [],
        );
      }),
  );
  return [
    ...gateways,
    ...(
      ['Sidecar', 'RequestAuthentication', 'ReferenceGrant'] as const
    ).flatMap(kind => snapshot.inNamespace(kind, service.namespace)),
  ];
}
