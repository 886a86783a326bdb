import { groupBy } from '../kubernetes/groupBy';
import type { ServiceObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { metricNamesOfPod } from '../kubernetes/workloadOfPod';
import { templateKinds } from '../kubernetes/workloads';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import {
  istioLabels,
  namedPair,
  type NamespacedName,
  type RateRow,
} from '../telemetry';

/**
 * Which workload answers for which Service: from the cluster's objects, and from who was seen to answer, for clusters
 * whose objects cannot be read.
 */
export class ServiceMembers {
  readonly #snapshot: MeshSnapshot;
  readonly #own: ReadonlySet<string>;
  /** Services by workload, as seen in traffic. */
  readonly #answered = new Map<string, Map<string, NamespacedName>>();
  /** Workloads by Service, likewise. */
  readonly #answering = new Map<string, Map<string, NamespacedName>>();
  readonly #services = new Map<string, NamespacedName | undefined>();

  /** @param own - the entity's services, which are preferred where several select a workload */
  constructor(snapshot: MeshSnapshot, own: readonly NamespacedName[]) {
    this.#snapshot = snapshot;
    this.#own = new Set(own.map(key));
  }

  /** Remembers who answered for whom. */
  learn(rows: readonly Pick<RateRow, 'labels'>[]): void {
    for (const { labels } of rows) {
      const workload = namedPair(
        labels,
        istioLabels.destinationWorkloadNamespace,
        istioLabels.destinationWorkload,
      );
      const service = namedPair(
        labels,
        istioLabels.destinationServiceNamespace,
        istioLabels.destinationService,
      );
      if (workload && service) {
        const [id, called] = [key(workload), key(service)];
        put(this.#answered, id, called, service);
        put(this.#answering, called, id, workload);
        this.#services.delete(id);
      }
    }
  }

  /**
   * The Service that a workload answers for, if any. Of several: the entity's own, then one that traffic came through,
   * then one that the workload's name starts with.
   */
  serviceOf(workload: NamespacedName): NamespacedName | undefined {
    const id = key(workload);
    if (!this.#services.has(id)) {
      this.#services.set(id, this.#findService(workload));
    }
    return this.#services.get(id);
  }

  /** The workloads that answer for a service. */
  workloadsOf(service: NamespacedName): NamespacedName[] {
    const object = this.#snapshot.get(
      'Service',
      service.namespace,
      service.name,
    );
    const found = new Map<string, NamespacedName>();
    for (const { namespace, name } of object
      ? workloadsOfService(this.#snapshot, object)
      : []) {
      found.set(key({ namespace, name }), { namespace, name });
    }
    for (const [id, workload] of this.#answering.get(key(service)) ?? []) {
      if (!this.#isOnTheWay(service, this.#labelsOf(workload))) {
        found.set(id, workload);
      }
    }
    return [...found.values()];
  }

  #labelsOf({ namespace, name }: NamespacedName) {
    return (
      templateKinds
        .map(kind => this.#snapshot.get(kind, namespace, name))
        .find(object => object)?.spec?.template?.metadata?.labels ??
      groupBy(
        this.#snapshot.inNamespace('Pod', namespace),
        metricNamesOfPod,
      ).get(name)?.[0].metadata.labels
    );
  }

  /** A gateway may be reported where a Service was called whose selector, as everybody can read, is not for it. */
  #isOnTheWay(
    service: NamespacedName,
    labels: Readonly<Record<string, string>> | undefined,
  ): boolean {
    const selector = this.#snapshot.get(
      'Service',
      service.namespace,
      service.name,
    )?.spec?.selector;
    return (
      labels !== undefined &&
      selector !== undefined &&
      Object.keys(selector).length > 0 &&
      !hasLabels(labels, selector)
    );
  }

  #findService(workload: NamespacedName): NamespacedName | undefined {
    const { namespace, name } = workload;
    const labels = this.#labelsOf(workload);
    const answered = new Map(
      [...(this.#answered.get(key(workload)) ?? [])].filter(
        ([, service]) => !this.#isOnTheWay(service, labels),
      ),
    );
    const candidates = new Map(answered);
    for (const service of servicesSelecting(
      this.#snapshot,
      namespace,
      labels ?? {},
    )) {
      const candidate = { namespace, name: service.metadata.name };
      candidates.set(key(candidate), candidate);
    }
    const rank = (candidate: NamespacedName) =>
      [
        this.#own.has(key(candidate)),
        answered.has(key(candidate)),
        name.startsWith(candidate.name),
      ]
        .map(better => (better ? 0 : 1))
        .join('');
    return [...candidates.values()].sort(
      (a, b) =>
        rank(a).localeCompare(rank(b)) ||
        a.name.length - b.name.length ||
        a.name.localeCompare(b.name),
    )[0];
  }
}

function put(
  all: Map<string, Map<string, NamespacedName>>,
  id: string,
  inner: string,
  name: NamespacedName,
): void {
  const present = all.get(id);
  if (present) {
    present.set(inner, name);
  } else {
    all.set(id, new Map([[inner, name]]));
  }
}

function servicesSelecting(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): ServiceObject[] {
  const bySelector = groupBy(
    snapshot.inNamespace('Service', namespace),
    firstSelectorPair,
  );
  return Object.entries(labels)
    .flatMap(([name, value]) => bySelector.get(`${name}=${value}`) ?? [])
    .filter(({ spec }) => hasLabels(labels, spec?.selector ?? {}));
}

function firstSelectorPair({ spec }: ServiceObject): string[] {
  return Object.entries(spec?.selector ?? {})
    .slice(0, 1)
    .map(([name, value]) => `${name}=${value}`);
}

function key({ namespace, name }: NamespacedName): string {
  return JSON.stringify([namespace, name]);
}
