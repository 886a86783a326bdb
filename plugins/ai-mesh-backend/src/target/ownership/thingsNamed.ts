import { appLabels } from '../../kubernetes/appLabels';
import { groupBy } from '../../kubernetes/groupBy';
import type {
  PodObject,
  ServiceObject,
  WorkloadObject,
} from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import {
  metricNamesOfPod,
  workloadOfPod,
} from '../../kubernetes/workloadOfPod';
import { templateKinds, workloadKey } from '../../kubernetes/workloads';
import {
  servicesOfWorkload,
  uniqueWorkloads,
  workloadsOfService,
} from '../../kubernetes/workloadsOfService';
import type { WorkloadRef } from '../Target';
import {
  serviceThing,
  unseenKinds,
  workloadThing,
  type MeshThing,
} from './MeshThing';
import type { Neighbour } from './Neighbour';

/** A thing that a name means; of a workload also the Services that select it. */
export interface Named {
  thing: MeshThing;
  services: readonly MeshThing[];
}

/** A name may be a Service's, several workloads', a service account's, or all of them. */
export function thingsNamed(
  snapshot: MeshSnapshot,
  { namespace, name }: Pick<Neighbour, 'namespace' | 'name'>,
): Named[] {
  return [
    ...servicesNamed(snapshot, namespace, name).map(service => ({
      thing: serviceThing(snapshot, service),
      services: [],
    })),
    ...workloadsNamed(snapshot, namespace, name).map(workload => ({
      thing: besideServices(snapshot, workloadThing(snapshot, workload)),
      services: servicesOfWorkload(snapshot, workload).map(({ metadata }) =>
        serviceThing(snapshot, refOf(metadata)),
      ),
    })),
  ];
}

/** Whose a workload is may be marked on a Service that cannot be seen. */
function besideServices(snapshot: MeshSnapshot, thing: MeshThing): MeshThing {
  return {
    ...thing,
    unseen: [
      ...new Set([...thing.unseen, ...unseenKinds(snapshot, 'Service')]),
    ],
  };
}

/** The workloads behind the Services of a name: their names tell as much as the Service's. */
export function workloadsBehind(
  snapshot: MeshSnapshot,
  { namespace, name }: Pick<Neighbour, 'namespace' | 'name'>,
): WorkloadRef[] {
  return uniqueWorkloads(
    servicesNamed(snapshot, namespace, name).flatMap(service => {
      const object = snapshot.get('Service', service.namespace, service.name);
      return object ? workloadsOfService(snapshot, object) : [];
    }),
  );
}

const byName = ({ metadata }: ServiceObject | WorkloadObject) => [
  metadata.name,
];

function refOf({ namespace = '', name }: { namespace?: string; name: string }) {
  return { namespace, name };
}

function servicesNamed(
  snapshot: MeshSnapshot,
  namespace: string | undefined,
  name: string,
): { namespace: string; name: string }[] {
  const services =
    namespace === undefined
      ? (groupBy(snapshot.all('Service'), byName).get(name) ?? [])
      : [snapshot.get('Service', namespace, name) ?? []].flat();
  return services.map(({ metadata }) => refOf(metadata));
}

/** By whatever a pod's workload is called: a Rollout's or a Job's pods are all that there is of it. */
const podNames = (pod: PodObject) => [
  ...new Set([
    ...metricNamesOfPod(pod),
    workloadOfPod(pod).name,
    pod.metadata.name,
    ...(pod.spec?.serviceAccountName ? [pod.spec.serviceAccountName] : []),
    // As its spans are reported.
    ...appLabels.flatMap(label => pod.metadata.labels?.[label] ?? []),
  ]),
];

function workloadsNamed(
  snapshot: MeshSnapshot,
  namespace: string | undefined,
  name: string,
): WorkloadRef[] {
  const byTemplate = templateKinds.flatMap(kind => {
    const objects =
      namespace === undefined
        ? (groupBy(snapshot.all(kind), byName).get(name) ?? [])
        : [snapshot.get(kind, namespace, name) ?? []].flat();
    return objects.map(({ metadata }) => ({ kind, ...refOf(metadata) }));
  });
  const pods =
    namespace === undefined
      ? snapshot.all('Pod')
      : snapshot.inNamespace('Pod', namespace);
  return uniqueWorkloads([
    ...byTemplate,
    ...(groupBy(pods, podNames).get(name) ?? []).map(workloadOfPod),
  ]);
}

/** One key a thing, whatever it is named by. */
export function thingKey({
  ref,
  kind,
}: Pick<MeshThing, 'ref' | 'kind'>): string {
  return `${ref.cluster} ${workloadKey({ kind, ...refOf(ref) })}`;
}
