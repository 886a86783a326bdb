import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { gap, type Analyzer, type Draft } from '../Analyzer';
import { hasSidecar } from '../inMesh';
import { injectsByDefault } from '../injectsByDefault';
import type { ReviewSubject } from '../ReviewSubject';
import { isAlive } from '../serviceWorkloads';
import { podsOfService } from '../../kubernetes/podsOfService';
import type { PodObject } from '../../kubernetes/kinds';
import { LONGEST_VALUES } from '../../kubernetes/stripConfigMap';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const MODE = 'istio.io/dataplane-mode';
const INJECT = 'sidecar.istio.io/inject';

/**
 * AIM801: namespaces whose labels put them into the mesh in no way or in several, and pods that should have a proxy.
 *
 * @see Istio's pkg/config/analysis/analyzers/injection/injection.go
 */
export const injection: Analyzer = {
  codes: ['AIM801'],
  needs: ['Namespace', 'Pod', 'ConfigMap'],
  ofObject: true,
  *analyze(subject) {
    const { snapshot, service } = subject;
    const namespace = snapshot.get('Namespace', '', service.namespace);
    if (!namespace || service.namespace === snapshot.rootNamespace) {
      return;
    }
    const labels = namespace.metadata.labels ?? {};
    const common = { object: namespace, path: 'metadata.labels' };
    const contradicting = contradictions(labels);
    if (contradicting.length > 1) {
      yield {
        ...common,
        key: 'AIM801.labels',
        params: {
          namespace: service.namespace,
          labels: contradicting.join(', '),
        },
      };
    }
    if (labels[MODE] === 'ambient') {
      return;
    }
    if (!labels[INJECTION] && labels[REVISION] === undefined) {
      const byDefault = injectsByDefault(snapshot, service.namespace);
      if (byDefault === 'too long') {
        yield gap('AIM801', {
          reason: 'source-unreachable',
          ...said(wording('review.unreadInjector', { most: LONGEST_VALUES })),
        });
        return;
      }
      yield {
        ...common,
        key: byDefault ? 'AIM801.byDefault' : 'AIM801.notInjected',
        params: { namespace: service.namespace },
      };
    } else if (labels[INJECTION] === 'enabled') {
      yield* bare(subject);
    }
  },
};

/** The labels that each say how the namespace takes part; one that keeps injection off says no more than that. */
function contradictions(labels: Record<string, string>): string[] {
  const injected = labels[INJECTION];
  return [
    ...(injected === undefined ? [] : [INJECTION]),
    ...(injected === undefined || injected === 'enabled'
      ? [REVISION, MODE].filter(name => labels[name] !== undefined)
      : []),
  ].map(name => `${name}=${labels[name]}`);
}

function* bare({ snapshot, object }: ReviewSubject): Iterable<Draft> {
  const [pod, ...others] = podsOfService(snapshot, object).filter(
    candidate =>
      isAlive(candidate) &&
      !hasSidecar(candidate) &&
      !candidate.spec?.hostNetwork &&
      !isOptedOut(candidate),
  );
  if (pod) {
    yield {
      key: 'AIM801.missingProxy',
      object: pod,
      path: '',
      params: {
        pods: [pod, ...others]
          .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
          .join(', '),
      },
      related: others,
    };
  }
}

function isOptedOut({ metadata: { labels, annotations } }: PodObject): boolean {
  return (labels?.[INJECT] ?? annotations?.[INJECT])?.toLowerCase() === 'false';
}
