import {
  allSaid,
  inEnglish,
  said,
  wording,
  wordsOf,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  KubernetesObject,
  MeshKind,
  MeshKinds,
} from '../kubernetes/kinds';
import { withLabel, withTemplateLabel } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { workloadOfPod } from '../kubernetes/workloadOfPod';
import { templateKinds } from '../kubernetes/workloads';
import {
  servicesOfWorkload,
  uniqueWorkloads,
  workloadsOfService,
} from '../kubernetes/workloadsOfService';
import type { Found } from './Found';
import { labelNamed, meets } from './LabelSelector';
import type { WorkloadRef } from './Target';
import type { TargetQuery } from './TargetQuery';

/**
 * Looks for Services and workloads by their labels (a workload's pods count as the workload). Found Services bring
 * their workloads, found workloads the Services that select them, and it ends there: a Service that selects more than
 * the entity's workloads does not bring its others along.
 */
export function findByLabels(
  snapshot: MeshSnapshot,
  query: Extract<TargetQuery, { find: 'labels' }>,
): Found {
  const { requirements } = query;
  const named = labelNamed(requirements);
  const mayMeet = <T extends KubernetesObject>(objects: readonly T[]) =>
    named ? withLabel(objects, named.key, named.values) : objects;
  const labelled = listsOf(snapshot, 'Service', query)
    .flatMap(mayMeet)
    .filter(({ metadata }) => meets(metadata.labels, requirements));
  const byTemplate = templateKinds.flatMap(kind =>
    listsOf(snapshot, kind, query)
      .flatMap(objects => [
        ...mayMeet(objects),
        ...(named ? withTemplateLabel(objects, named.key, named.values) : []),
      ])
      .filter(
        ({ metadata, spec }) =>
          meets(metadata.labels, requirements) ||
          meets(spec?.template?.metadata?.labels, requirements),
      )
      .map(({ metadata }): WorkloadRef => ({
        kind,
        namespace: metadata.namespace ?? '',
        name: metadata.name,
      })),
  );
  // A Rollout's pods, a Job's or bare ones tell of a workload that the snapshot does not hold.
  const byPods = listsOf(snapshot, 'Pod', query)
    .flatMap(mayMeet)
    .filter(({ metadata }) => meets(metadata.labels, requirements))
    .map(workloadOfPod);
  const workloads = uniqueWorkloads([...byTemplate, ...byPods]);
  const services = new Map(
    [
      ...labelled,
      ...workloads.flatMap(workload => servicesOfWorkload(snapshot, workload)),
    ].map(({ metadata: { namespace = '', name } }) => [
      `${namespace}/${name}`,
      { namespace, name },
    ]),
  );
  const selectorWords = [
    query.namespace
      ? wording('target.labelsIn', {
          labels: query.selector,
          namespace: query.namespace,
        })
      : wording('target.labels', { labels: query.selector }),
  ];
  const found = {
    selector: inEnglish(selectorWords),
    selectorWords,
    services: [...services.values()],
    presumed: [],
    workloads: uniqueWorkloads([
      ...workloads,
      ...labelled.flatMap(service => workloadsOfService(snapshot, service)),
    ]),
  };
  const why = explain(snapshot, found);
  return { ...found, ...(why.length > 0 && { why }) };
}

/** Where a query looks, one list a namespace. */
function listsOf<K extends MeshKind>(
  snapshot: MeshSnapshot,
  kind: K,
  { namespace }: { namespace?: string },
): readonly (readonly MeshKinds[K][])[] {
  return namespace === undefined
    ? snapshot.byNamespace(kind)
    : [snapshot.inNamespace(kind, namespace)];
}

function explain(
  snapshot: MeshSnapshot,
  found: Pick<Found, 'services' | 'workloads'>,
): Words[] {
  const unreadable = (['Service', ...templateKinds] as const).flatMap(kind => {
    const unknown = unknownKind(snapshot, kind);
    return unknown?.status === 'unknown'
      ? [
          unknown.message
            ? unknown
            : said(wording('target.kindUnread', { kind })),
        ]
      : [];
  });
  const told = allSaid(...unreadable);
  if (told) {
    return wordsOf(told);
  }
  return found.services.length + found.workloads.length === 0
    ? [wording('target.noLabels')]
    : [];
}
