import {
  allSaid,
  inEnglish,
  said,
  wording,
  wordsOf,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshKind } from '../kubernetes/kinds';
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
import { meets } from './LabelSelector';
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
  const labelled = snapshotPart(snapshot, 'Service', query.namespace).filter(
    ({ metadata }) => meets(metadata.labels, query.requirements),
  );
  const byTemplate = templateKinds.flatMap(kind =>
    snapshotPart(snapshot, kind, query.namespace)
      .filter(
        ({ metadata, spec }) =>
          meets(metadata.labels, query.requirements) ||
          meets(spec?.template?.metadata?.labels, query.requirements),
      )
      .map(({ metadata }): WorkloadRef => ({
        kind,
        namespace: metadata.namespace ?? '',
        name: metadata.name,
      })),
  );
  // A Rollout's pods, a Job's or bare ones tell of a workload that the snapshot does not hold.
  const byPods = snapshotPart(snapshot, 'Pod', query.namespace)
    .filter(({ metadata }) => meets(metadata.labels, query.requirements))
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

function snapshotPart<K extends MeshKind>(
  snapshot: MeshSnapshot,
  kind: K,
  namespace: string | undefined,
) {
  return namespace === undefined
    ? snapshot.all(kind)
    : snapshot.inNamespace(kind, namespace);
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
