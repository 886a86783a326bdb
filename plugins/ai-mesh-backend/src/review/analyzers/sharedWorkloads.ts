import { groupBy } from '../../kubernetes/groupBy';
import type { ServiceObject } from '../../kubernetes/kinds';
import { hasLabels } from '../../kubernetes/labels';
import type { Analyzer, Draft } from '../Analyzer';
import { inMesh } from '../inMesh';
import type { ReviewSubject } from '../ReviewSubject';
import { serviceWorkloads, type ServiceWorkload } from '../serviceWorkloads';

const MANAGED = 'gateway.istio.io/managed';

interface ServicePort {
  readonly service: ServiceObject;
  readonly port: number;
  readonly protocol: string;
  readonly target: string;
}

/**
 * AIM805: services over one Deployment that give a port two protocols, or lead to one of its ports by several.
 *
 * @see Istio's pkg/config/analysis/analyzers/deployment/services.go
 */
export const sharedWorkloads: Analyzer = {
  codes: ['AIM805'],
  needs: ['Service', 'Deployment', 'Pod', 'Namespace'],
  ofObject: true,
  *analyze(subject) {
    for (const workload of serviceWorkloads(subject)) {
      if (isJudged(subject, workload)) {
        yield* judge(workload, portsOver(subject, workload));
      }
    }
  },
};

function isJudged(
  { snapshot }: ReviewSubject,
  { object, pods, labels }: ServiceWorkload,
): boolean {
  return (
    object.kind === 'Deployment' &&
    labels[MANAGED] === undefined &&
    object.metadata.labels?.[MANAGED] === undefined &&
    pods.some(pod => inMesh(snapshot, pod))
  );
}

/** The ports of every service of the namespace that selects the workload. */
function portsOver(
  { snapshot, service }: ReviewSubject,
  { labels }: ServiceWorkload,
): ServicePort[] {
  return snapshot
    .inNamespace('Service', service.namespace)
    .filter(({ spec }) => {
      const selector = spec?.selector ?? {};
      return Object.keys(selector).length > 0 && hasLabels(labels, selector);
    })
    .flatMap(object =>
      (object.spec?.ports ?? []).map(({ port, protocol, targetPort }) => ({
        service: object,
        port,
        protocol: protocol ?? 'TCP',
        target: String(targetPort || port),
      })),
    );
}

function* judge(
  { object, name }: ServiceWorkload,
  ports: readonly ServicePort[],
): Iterable<Draft> {
  for (const [port, meeting] of groupBy(ports, byPort)) {
    if (new Set(meeting.map(({ protocol }) => protocol)).size > 1) {
      yield {
        key: 'AIM805.protocols',
        object,
        path: '',
        about: port,
        params: { workload: name, services: namesOf(meeting), port },
      };
    }
  }
  for (const [target, meeting] of groupBy(ports, byTarget)) {
    const numbers = [...new Set(meeting.map(({ port }) => port))];
    if (numbers.length > 1) {
      yield {
        key: 'AIM805.ports',
        object,
        path: '',
        about: target,
        params: {
          workload: name,
          services: namesOf(meeting),
          target,
          ports: numbers.sort((a, b) => a - b).join(', '),
        },
      };
    }
  }
}

function byPort({ port }: ServicePort): string[] {
  return [String(port)];
}

function byTarget({ target }: ServicePort): string[] {
  return [target];
}

function namesOf(ports: readonly ServicePort[]): string {
  return [
    ...new Set(
      ports.map(
        ({ service: { metadata } }) => `${metadata.namespace}/${metadata.name}`,
      ),
    ),
  ].join(', ');
}
