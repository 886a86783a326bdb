import { Pod } from '../mesh';
import { KubeObject, ObjectStore } from '../store';
import { PodState } from '../traffic';
import { WorkloadBehaviour } from '../world';

interface HorizontalPodAutoscaler extends KubeObject {
  spec: {
    scaleTargetRef: { kind: string; name: string };
    minReplicas?: number;
    maxReplicas: number;
    metrics?: {
      type: string;
      resource?: {
        name: string;
        target: { type: string; averageUtilization?: number };
      };
    }[];
  };
}

/** How often Kubernetes' controller decides, seconds. */
const PERIOD_S = 15;
/** Scaling down waits until so many seconds asked for no more. */
const STABILIZATION_S = 300;
/** Nothing happens within 10 % of the target. */
const TOLERANCE = 0.1;

interface History {
  utilizationSum: number;
  ticks: number;
  recommendations: { atS: number; replicas: number }[];
}

/**
 * Scales workloads as HorizontalPodAutoscalers ask, by CPU utilization alone. The sandbox has no CPUs: a pod's
 * utilization is its requests under way against those at which, by the world, it would use all that it asked for.
 */
export class HorizontalAutoscaler {
  private readonly records = new Map<string, History>();
  private seconds = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly engine: {
      pods(): Iterable<{ pod: Pod; state: PodState }>;
      readonly behaviours: { of(workload: Pod['workload']): WorkloadBehaviour };
    },
  ) {}

  /** To be called each second of simulated time. */
  tick(): void {
    this.seconds += 1;
    const scalers = this.store.list<HorizontalPodAutoscaler>(
      'autoscaling',
      'HorizontalPodAutoscaler',
    );
    if (scalers.length === 0) {
      return;
    }
    const utilizations = this.utilizations();
    for (const scaler of scalers) {
      const { namespace = '', name } = scaler.metadata;
      const key = `${namespace}/${name}`;
      const record = this.records.get(key) ?? {
        utilizationSum: 0,
        ticks: 0,
        recommendations: [],
      };
      this.records.set(key, record);
      const target = `${namespace}/${scaler.spec.scaleTargetRef.name}`;
      record.utilizationSum += utilizations.get(target) ?? 0;
      record.ticks += 1;
      if (this.seconds % PERIOD_S === 0) {
        this.decide(scaler, record);
        record.utilizationSum = 0;
        record.ticks = 0;
      }
    }
  }

  /** Percent of the CPU that was asked for, by workload. */
  private utilizations(): Map<string, number> {
    const sums = new Map<string, { sum: number; pods: number }>();
    for (const { pod, state } of this.engine.pods()) {
      const { cpuFullAtRequests, concurrencyPerPod } =
        this.engine.behaviours.of(pod.workload);
      const entry = sums.get(pod.workload.key) ?? { sum: 0, pods: 0 };
      entry.sum +=
        (100 * state.busy) / (cpuFullAtRequests ?? concurrencyPerPod);
      entry.pods += 1;
      sums.set(pod.workload.key, entry);
    }
    return new Map([...sums].map(([key, { sum, pods }]) => [key, sum / pods]));
  }

  private decide(scaler: HorizontalPodAutoscaler, record: History): void {
    const { spec, metadata } = scaler;
    const wanted = spec.metrics?.find(
      ({ type, resource }) =>
        type === 'Resource' &&
        resource?.name === 'cpu' &&
        resource.target.averageUtilization,
    )?.resource?.target.averageUtilization;
    const { kind, name } = spec.scaleTargetRef;
    const target = this.store.get<KubeObject & { spec: { replicas?: number } }>(
      'apps',
      kind,
      { namespace: metadata.namespace, name },
    );
    if (!target || !wanted) {
      this.report(scaler, { active: false });
      return;
    }
    const current = target.spec.replicas ?? 1;
    if (current === 0 && spec.minReplicas !== 0) {
      // Kubernetes takes no replicas for "somebody switched it off", and leaves it at that.
      this.report(scaler, { active: false, reason: 'ScalingDisabled' });
      return;
    }
    const utilization = record.utilizationSum / record.ticks;
    const ratio = utilization / wanted;
    const raw =
      Math.abs(ratio - 1) <= TOLERANCE ? current : Math.ceil(current * ratio);
    // Up by as many pods again, or by four, whichever is more.
    const most = Math.min(spec.maxReplicas, Math.max(2 * current, current + 4));
    const asked = Math.min(most, Math.max(spec.minReplicas ?? 1, raw));
    record.recommendations = [
      ...record.recommendations.filter(
        ({ atS }) => atS > this.seconds - STABILIZATION_S,
      ),
      { atS: this.seconds, replicas: asked },
    ];
    const lately = Math.max(
      ...record.recommendations.map(({ replicas }) => replicas),
    );
    const desired = asked >= current ? asked : Math.min(current, lately);
    if (desired !== current) {
      this.store.update<typeof target>('apps', kind, target.metadata, draft => {
        draft.spec.replicas = desired;
      });
    }
    this.report(scaler, { active: true, current, desired, utilization });
  }

  private report(
    { metadata }: HorizontalPodAutoscaler,
    state: {
      active: boolean;
      /** Why it is not active. */
      reason?: string;
      current?: number;
      desired?: number;
      utilization?: number;
    },
  ): void {
    this.store.update<HorizontalPodAutoscaler>(
      'autoscaling',
      'HorizontalPodAutoscaler',
      metadata,
      draft => {
        draft.status = {
          currentReplicas: state.current ?? 0,
          desiredReplicas: state.desired ?? 0,
          ...(state.utilization !== undefined && {
            currentMetrics: [
              {
                type: 'Resource',
                resource: {
                  name: 'cpu',
                  current: {
                    averageUtilization: Math.round(state.utilization),
                  },
                },
              },
            ],
          }),
          conditions: [
            {
              type: 'ScalingActive',
              status: state.active ? 'True' : 'False',
              reason: state.active
                ? 'ValidMetricFound'
                : (state.reason ?? 'FailedGetResourceMetric'),
            },
          ],
        };
      },
    );
  }
}
