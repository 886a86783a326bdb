import { equalJson } from '../../store/equalJson';
import { Cluster } from './Cluster';
import { Controller } from './ControllerLoop';
import {
  Condition,
  Container,
  Pod,
  PodSpec,
  unreadyAnnotation,
  withTransitionTime,
} from './objects';

interface Resources {
  requests?: Record<string, unknown>;
  limits?: Record<string, unknown>;
}

/** The phases that the kubelet is in charge of; a pod that was given another one by hand keeps it. */
const running = [undefined, 'Pending', 'Running'];

/** Runs pods, as a kubelet does: gives them an address and makes them ready, unless they are marked not to be. */
export function podController(cluster: Cluster): Controller {
  const { store, podAddresses } = cluster;
  return {
    name: 'pod',
    level: 0,
    reconcile(name) {
      const pod = cluster.pod(name);
      if (
        !pod ||
        pod.metadata.deletionTimestamp ||
        !running.includes(pod.status?.phase)
      ) {
        return;
      }
      const address =
        pod.status?.podIP ??
        podAddresses.take(`${name.namespace ?? ''}/${name.name}`);
      const status = statusOf(pod, address, cluster.now());
      if (!equalJson(pod.status, status)) {
        store.update<Pod>('', 'Pod', name, draft => {
          draft.status = status;
        });
      }
    },
  };
}

/** Kubernetes' rule; the containers that only initialize count as well. */
function qosClassOf({ containers, initContainers = [] }: PodSpec) {
  const resources = [...containers, ...initContainers].map(
    one => (one.resources ?? {}) as Resources,
  );
  if (
    resources.every(
      ({ requests, limits }) =>
        Object.keys({ ...requests, ...limits }).length === 0,
    )
  ) {
    return 'BestEffort';
  }
  const guaranteed = resources.every(({ requests, limits }) =>
    ['cpu', 'memory'].every(
      name =>
        limits?.[name] !== undefined &&
        (requests?.[name] ?? limits[name]) === limits[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function statusOf(pod: Pod, podIP: string, now: string) {
  const { metadata, spec, status } = pod;
  const ready = metadata.annotations?.[unreadyAnnotation] !== 'true';
  const held = (type: string, holds: boolean): Condition => ({
    type,
    status: holds ? 'True' : 'False',
  });
  const startedAt = metadata.creationTimestamp ?? now;
  const containerStatus = (container: Container) => ({
    name: container.name,
    image: container.image ?? '',
    imageID: '',
    containerID: `sandbox://${metadata.uid}/${container.name}`,
    // The sidecar goes on being ready: it is the application that is not.
    ready: ready || container.name === 'istio-proxy',
    started: true,
    restartCount: 0,
    state: { running: { startedAt } },
  });
  const finished = (container: Container) =>
    container.restartPolicy === 'Always'
      ? containerStatus(container)
      : {
          ...containerStatus(container),
          ready: true,
          started: false,
          state: {
            terminated: {
              exitCode: 0,
              reason: 'Completed',
              startedAt,
              finishedAt: startedAt,
            },
          },
        };
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    hostIP: '192.168.0.1',
    startTime: startedAt,
    qosClass: qosClassOf(spec),
    conditions: withTransitionTime(
      [
        held('PodScheduled', true),
        held('Initialized', true),
        held('ContainersReady', ready),
        held('Ready', ready),
      ],
      status?.conditions,
      now,
    ),
    containerStatuses: spec.containers.map(containerStatus),
    ...(spec.initContainers && {
      initContainerStatuses: spec.initContainers.map(finished),
    }),
  };
}
