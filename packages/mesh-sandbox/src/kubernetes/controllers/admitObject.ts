import { fieldAt } from '../../store/fieldAt';
import { KubeObject } from '../../store/KubeObject';
import { BeforeWrite } from '../../store/ObjectStore';
import { StoreError } from '../../store/StoreError';
import { Cluster } from './Cluster';
import { injectSidecar } from './injectSidecar';
import { nameHash } from './nameHash';
import { Container, Pod, PodSpec, Service, Workload } from './objects';

type Admit = (
  draft: KubeObject,
  cluster: Cluster,
  previous: KubeObject | undefined,
) => void;

function admitWorkload({ spec }: Workload): void {
  fill(spec, { replicas: 1 });
  admitPodSpec(spec.template.spec);
}

/** Where pods run in a world that has no Nodes. */
const unlistedNodes = ['node-a', 'node-b', 'node-c'];

function admitPod(pod: Pod, { store }: Cluster): void {
  const { namespace, name } = pod.metadata;
  admitPodSpec(pod.spec);
  injectSidecar(pod, store.get('', 'Namespace', { name: namespace ?? '' }));
  fill(pod.spec, { serviceAccountName: 'default' });
  const nodes = store.list('', 'Node').map(node => node.metadata.name);
  const rank = (node: string) => nameHash(`${namespace}/${name}/${node}`, 8);
  const [first] = (nodes.length > 0 ? nodes : unlistedNodes).toSorted((a, b) =>
    rank(a) < rank(b) ? -1 : 1,
  );
  fill(pod.spec, { nodeName: first });
}

function admitPodSpec(spec: PodSpec): void {
  spec.containers.forEach(admitContainer);
  spec.initContainers?.forEach(admitContainer);
  fill(spec, { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' });
}

function admitContainer(container: Container): void {
  fill(container, { resources: {} });
  container.ports?.forEach(port => fill(port, { protocol: 'TCP' }));
}

function admitService(
  { metadata, spec }: Service,
  { serviceAddresses }: Cluster,
  previous: Service | undefined,
): void {
  fill(spec, { type: 'ClusterIP' });
  spec.ports?.forEach(port =>
    fill(port, { protocol: 'TCP', targetPort: port.port }),
  );
  if (spec.type === 'ExternalName') {
    return;
  }
  spec.clusterIP ??=
    previous?.spec.clusterIP ??
    serviceAddresses.propose(`${metadata.namespace}/${metadata.name}`);
  fill(spec, {
    clusterIPs: [spec.clusterIP],
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  });
}

/** Sets what is absent. */
function fill(target: object, defaults: object): void {
  for (const [key, value] of Object.entries(defaults)) {
    const fields = target as Record<string, unknown>;
    fields[key] ??= value;
  }
}

/** The fields without which an object of a kind makes no sense. */
const needed: Record<string, readonly string[]> = {
  Service: ['spec'],
  Pod: ['spec.containers'],
  Deployment: ['spec.template.spec.containers', 'spec.selector'],
  ReplicaSet: ['spec.template.spec.containers', 'spec.selector'],
  StatefulSet: ['spec.template.spec.containers', 'spec.selector'],
  DaemonSet: ['spec.template.spec.containers', 'spec.selector'],
  HorizontalPodAutoscaler: ['spec'],
};

const admissions: Record<string, Admit> = {
  '/Namespace': draft => {
    draft.metadata.labels = {
      ...draft.metadata.labels,
      'kubernetes.io/metadata.name': draft.metadata.name,
    };
    draft.status = { phase: 'Active', ...(draft.status as object) };
  },
  '/Service': (draft, cluster, previous) =>
    admitService(draft as Service, cluster, previous as Service | undefined),
  '/Pod': (draft, cluster, previous) => {
    // Once it runs, its status says that it has passed here.
    if (!previous?.status) {
      admitPod(draft as Pod, cluster);
    }
  },
  'apps/Deployment': draft => {
    admitWorkload(draft as Workload);
    fill(draft.spec as object, {
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
  },
  'apps/ReplicaSet': draft => admitWorkload(draft as Workload),
  'apps/StatefulSet': draft => {
    admitWorkload(draft as Workload);
    fill(draft.spec as object, {
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate' },
      revisionHistoryLimit: 10,
    });
  },
  'apps/DaemonSet': draft => {
    admitPodSpec((draft as Workload).spec.template.spec);
    fill(draft.spec as object, { updateStrategy: { type: 'RollingUpdate' } });
  },
  'autoscaling/HorizontalPodAutoscaler': draft =>
    fill(draft.spec as object, { minReplicas: 1 }),
};

/** What API servers and admission webhooks fill in before an object is stored, as far as clients rely on it. */
export function admitObject(cluster: Cluster): BeforeWrite {
  return (draft, { kind, previous }) => {
    const admit = admissions[`${kind.group}/${kind.kind}`];
    if (admit) {
      checkShape(draft);
      admit(draft, cluster, previous);
    }
  };
}

/** @throws StoreError `Invalid` where an object lacks what its controllers cannot do without */
function checkShape({ kind, metadata, spec }: KubeObject): void {
  const needs = needed[kind]?.find(path => !fieldAt({ spec }, path));
  if (needs) {
    throw new StoreError(
      'Invalid',
      `${kind} "${metadata.name}" needs ${needs}`,
    );
  }
}
