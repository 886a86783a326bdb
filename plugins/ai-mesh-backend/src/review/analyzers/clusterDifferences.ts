import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../../kubernetes/kinds';
import { wordingWith } from '../../worded';
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
            differences: allOf(differences),
          },
        };
      }
    }
  },
};

function differencesOf(one: ServiceObject, other: ServiceObject): Words[] {
  return [
    ...(isHeadless(one) === isHeadless(other)
      ? []
      : [wording('found.headless')]),
    ...(typeOf(one) === typeOf(other)
      ? []
      : [
          wording('found.types', {
            type: typeOf(one),
            otherType: typeOf(other),
          }),
        ]),
    ...(hasMore(one) || hasMore(other) || portsOf(one) === portsOf(other)
      ? []
      : [
          wording('found.ports', {
            ports: portsOf(one),
            otherPorts: portsOf(other),
          }),
        ]),
  ];
}

function allOf([first, second, third]: readonly Words[]): Words {
  if (third) {
    return wordingWith('found.three', { first, second, third });
  }
  return second ? wordingWith('found.two', { first, second }) : first;
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
