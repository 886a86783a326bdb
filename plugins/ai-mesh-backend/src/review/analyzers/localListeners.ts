import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { LONGEST_ARGUMENTS } from '../../kubernetes/localListeners';
import { podsOfService } from '../../kubernetes/podsOfService';
import { gap, type Analyzer } from '../Analyzer';
import { isAlive } from '../serviceWorkloads';
import { specOf } from '../specOf';
import { serviceName } from '../subjectRules';
import type { ReviewSubject } from '../ReviewSubject';

/**
 * AIM807: a port of the service that a container is told to serve on a loopback address alone, where a proxy that calls it
 * by the pod's address finds nobody. istioctl's precheck reads the open sockets of the running pod
 * (istioctl/pkg/precheck); to run something in a pod is no right of a portal, so what the pod is told counts here.
 */
export const localListeners: Analyzer = {
  codes: ['AIM807'],
  needs: ['Service', 'Pod', 'Sidecar'],
  *analyze(subject) {
    const { object, snapshot } = subject;
    const pods = podsOfService(snapshot, object).filter(isAlive);
    const unread = new Set(
      pods.flatMap(({ spec }) => spec?.unreadArguments ?? []),
    );
    if (unread.size > 0) {
      yield gap('AIM807', {
        reason: 'source-unreachable',
        ...said(
          wording('review.unreadArguments', {
            containers: [...unread].sort().join(', '),
            most: LONGEST_ARGUMENTS,
          }),
        ),
      });
    }
    for (const [index, port] of (object.spec?.ports ?? []).entries()) {
      const target = port.targetPort || port.port;
      for (const { spec, metadata } of pods) {
        const number =
          typeof target === 'number'
            ? target
            : spec?.ports?.find(({ name }) => name === target)?.containerPort;
        const listener = spec?.localListeners?.find(
          ({ ports }) => number !== undefined && ports.includes(number),
        );
        if (
          listener &&
          number !== undefined &&
          !isForwarded(subject, number, metadata.labels ?? {})
        ) {
          const { container, told } = listener;
          yield {
            key: 'AIM807',
            object,
            path: `spec.ports[${index}]`,
            about: container,
            params: {
              service: serviceName(subject),
              port: port.port,
              target: number,
              container,
              told,
            },
          };
          break;
        }
      }
    }
  },
};

/** Whether a Sidecar has the proxy call the container where it listens. */
function isForwarded(
  { snapshot, service }: ReviewSubject,
  target: number,
  labels: Readonly<Record<string, string>>,
): boolean {
  return snapshot.inNamespace('Sidecar', service.namespace).some(sidecar => {
    const wanted = specOf(sidecar)
      .at('workloadSelector')
      .at('labels')
      .textMap();
    return (
      Object.entries(wanted).every(([name, value]) => labels[name] === value) &&
      specOf(sidecar)
        .at('ingress')
        .list()
        .some(ingress =>
          new RegExp(`^(127\\.0\\.0\\.1|\\[::1\\]):${target}$`).test(
            ingress.at('defaultEndpoint').text() ?? '',
          ),
        )
    );
  });
}
