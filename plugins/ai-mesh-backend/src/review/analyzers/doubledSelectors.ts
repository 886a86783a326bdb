import type { ConfigObject } from '../../kubernetes/kinds';
import { withLabels } from '../../kubernetes/labels';
import { objectName } from '../../routes/objectRef';
import type { Analyzer, Draft } from '../Analyzer';
import { isForService } from '../isForService';
import type { ReviewSubject } from '../ReviewSubject';
import { hasTargetRefs, selectorOf } from '../selectorOf';
import { addTo } from '../../kubernetes/addTo';

/** Their codes for several of one workload, and for several of the whole namespace. */
const theirs = {
  PeerAuthentication: { workload: ['KIA0003'], selectorless: ['KIA0002'] },
  Telemetry: { workload: ['IST0159'], selectorless: ['IST0160'] },
  Sidecar: {
    workload: ['IST0110', 'KIA0003'],
    selectorless: ['IST0111', 'KIA0002'],
  },
} as const;

type Single = keyof typeof theirs;

/**
 * AIM413: several objects where one counts. Policies of access and of tokens are not among them: those add up.
 */
export const doubledSelectors: Analyzer = {
  codes: ['AIM413'],
  needs: [...(Object.keys(theirs) as Single[]), 'Pod'],
  ofObject: true,
  *analyze(subject) {
    for (const kind of Object.keys(theirs) as Single[]) {
      const objects = subject.snapshot
        .inNamespace(kind, subject.service.namespace)
        .filter(object => !hasTargetRefs(object));
      const whole = objects.filter(object => !selectorOf(object));
      if (whole.length > 1) {
        yield draft('selectorless', kind, whole, '');
      }
      yield* ofWorkloads(
        subject,
        kind,
        objects.filter(object => selectorOf(object)),
      );
    }
  },
};

/** Each set of objects that meet at some pod, once. */
function* ofWorkloads(
  subject: ReviewSubject,
  kind: Single,
  objects: readonly ConfigObject[],
): Iterable<Draft> {
  const { snapshot, service } = subject;
  const pods = snapshot.inNamespace('Pod', service.namespace);
  const byPod = new Map<string, ConfigObject[]>();
  for (const object of objects) {
    for (const { metadata } of withLabels(pods, selectorOf(object)!)) {
      addTo(byPod, metadata.name, object);
    }
  }
  const said = new Set<string>();
  for (const [pod, meeting] of byPod) {
    const names = meeting.map(objectName).join(', ');
    if (
      meeting.length > 1 &&
      !said.has(names) &&
      meeting.every(object => isForService(subject, object))
    ) {
      said.add(names);
      yield draft('workload', kind, meeting, pod);
    }
  }
}

function draft(
  what: 'workload' | 'selectorless',
  kind: Single,
  [object, ...others]: readonly ConfigObject[],
  pod: string,
): Draft {
  return {
    key: `AIM413.${what}`,
    object,
    path: 'spec',
    about: others.map(({ metadata }) => metadata.name).join(', '),
    params: {
      objects: [object, ...others].map(objectName).join(', '),
      ...(what === 'workload' && { pod }),
    },
    related: others,
    theirs: theirs[kind][what],
  };
}
