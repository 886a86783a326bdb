import type { ServiceObject } from '../../kubernetes/kinds';
import type { Analyzer } from '../Analyzer';
import { serviceName } from '../subjectRules';

/**
 * AIM806: the service of the same name in another of the entity's clusters is another one.
 *
 * @see Istio's pkg/config/analysis/analyzers/multicluster/service.go
 */
export const clusterDifferences: Analyzer = {
  codes: ['AIM806'],
  needs: ['Service'],
  *analyze(subject) {
    const { object, elsewhere, service } = subject;
    for (const other of elsewhere) {
      const differences = differencesOf(object, other.object);
      if (differences.length > 0) {
        yield {
          key: 'AIM806',
          object,
          path: 'spec',
          about: other.cluster,
          params: {
            service: serviceName(subject),
            clusters: `${service.cluster}, ${other.cluster}`,
            differences: differences.join('; '),
          },
        };
      }
    }
  },
};

function differencesOf(one: ServiceObject, other: ServiceObject): string[] {
  return [
    ...(isHeadless(one) === isHeadless(other) ? [] : ['headless in one alone']),
    ...(typeOf(one) === typeOf(other)
      ? []
      : [`type ${typeOf(one)} and ${typeOf(other)}`]),
    ...(hasMore(one) || hasMore(other) || portsOf(one) === portsOf(other)
      ? []
      : [`ports ${portsOf(one)} and ${portsOf(other)}`]),
  ];
}

function isHeadless({ spec }: ServiceObject): boolean {
  return spec?.clusterIP === 'None';
}

/** Of the ports that are not kept nobody knows whether they differ. */
function hasMore({ spec }: ServiceObject): boolean {
  return spec?.morePorts !== undefined;
}

function typeOf({ spec }: ServiceObject): string {
  return spec?.type ?? 'ClusterIP';
}

function portsOf({ spec }: ServiceObject): string {
  return (spec?.ports ?? [])
    .map(
      ({ name = '', port, protocol = 'TCP', targetPort, appProtocol }) =>
        `${name}:${port}>${targetPort ?? port}/${protocol}${appProtocol ? ` ${appProtocol}` : ''}`,
    )
    .sort()
    .join(', ');
}
