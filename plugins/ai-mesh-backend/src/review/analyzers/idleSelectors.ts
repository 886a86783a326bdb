import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, PodObject } from '../../kubernetes/kinds';
import { withLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { Analyzer, Draft } from '../Analyzer';
import { inMesh } from '../inMesh';
import { hasTargetRefs, labelText, selectorOf } from '../selectorOf';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

/** What istioctl and Kiali call it: the one looks at policies, Telemetries and Sidecars, the other at all but Telemetries. */
const theirs = {
  AuthorizationPolicy: ['IST0127', 'KIA0004'],
  PeerAuthentication: ['KIA0004'],
  RequestAuthentication: ['KIA0004'],
  Telemetry: ['IST0101'],
  Sidecar: ['IST0101', 'KIA0004'],
} as const;

type Selecting = keyof typeof theirs;

/** AIM412: objects of the namespace, or of the whole mesh, that select no workload. */
export const idleSelectors: Analyzer = {
  codes: ['AIM412'],
  needs: [...(Object.keys(theirs) as Selecting[]), 'Pod'],
  ofObject: true,
  *analyze({ snapshot, service }) {
    const homes = new Set([service.namespace, snapshot.rootNamespace]);
    for (const kind of Object.keys(theirs) as Selecting[]) {
      for (const home of homes) {
        for (const object of snapshot.inNamespace(kind, home)) {
          yield* judge(snapshot, object, kind);
        }
      }
    }
  },
};

function* judge(
  snapshot: MeshSnapshot,
  object: ConfigObject,
  kind: Selecting,
): Iterable<Draft> {
  const selector = selectorOf(object);
  const { namespace = '' } = object.metadata;
  const meshWide = namespace === snapshot.rootNamespace;
  const isPolicy = kind === 'AuthorizationPolicy';
  // One without a selector is for whatever there is: only a policy for nobody is worth a word.
  if (
    hasTargetRefs(object) ||
    (!selector &&
      (meshWide || !isPolicy || specOf(object).at('selector').present))
  ) {
    return;
  }
  const pods = meshWide
    ? snapshot.all('Pod')
    : snapshot.inNamespace('Pod', namespace);
  const counts = (pod: PodObject) => !isPolicy || inMesh(snapshot, pod);
  if (!(selector ? withLabels(pods, selector) : pods).some(counts)) {
    yield {
      key: 'AIM412',
      object,
      path: selector ? pathOf(kind) : '',
      params: {
        place: placeOf(object, ''),
        labels: selector ? labelText(selector) : wording('found.everyWorkload'),
      },
      theirs: theirs[kind],
    };
  }
}

function pathOf(kind: Selecting): string {
  return kind === 'Sidecar' ? 'spec.workloadSelector' : 'spec.selector';
}
