import { hasEnvoy, MeshModel, Pod, Workload } from '../mesh';
import { Conditions } from '../traffic';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { podLabels } from './podLabels';

const VERSION = '1.29.2';
/** How often something changes that makes istiod push. */
const PUSH_MS = 60_000;
const DAY_S = 86_400;
const ROOT_LIFE_S = 3650 * DAY_S;
/** The metrics by the parts of a configuration that a proxy may reject. */
const REJECTS = {
  clusters: 'pilot_xds_cds_reject',
  endpoints: 'pilot_xds_eds_reject',
  listeners: 'pilot_xds_lds_reject',
  routes: 'pilot_xds_rds_reject',
} as const;

/** What istiod reports: the root certificate, the proxies that it serves, and what they rejected. */
export class ControlPlaneMetrics implements MetricSource {
  constructor(
    private readonly engine: {
      readonly nowMs: number;
      readonly model: MeshModel;
    },
    private readonly conditions: Conditions,
    private readonly clock: () => Date,
  ) {}

  *expose(): Iterable<string> {
    const proxied: Workload[] = [];
    const istiods: Pod[] = [];
    for (const workload of this.engine.model.workloads.values()) {
      // A ztunnel is connected once for all the pods of its node.
      if (hasEnvoy(workload) || workload.app === 'ztunnel') {
        proxied.push(workload);
      }
      if (workload.app === 'istiod') {
        istiods.push(...workload.pods);
      }
    }
    yield* this.exposeRoot(istiods);
    yield* family(
      'istio_build',
      'gauge',
      'Build of an Istio component.',
      samples('istio_build', istiods, 1, { component: 'pilot', tag: VERSION }),
    );
    const proxies = proxied.reduce((sum, { pods }) => sum + pods.length, 0);
    yield* family(
      'pilot_xds',
      'gauge',
      'Endpoints that are connected to this istiod.',
      // Before the first proxy is connected there is no series.
      (proxies > 0 ? istiods : []).map((pod, index) =>
        sample(
          'pilot_xds',
          renderLabels({ version: VERSION, ...podLabels(pod) }),
          shareOf(proxies, istiods.length, index),
        ),
      ),
    );
    // As istiod does it: there is no series before a first rejection.
    if (istiods.length > 0) {
      yield* this.exposeRejections(proxied, istiods[0]);
    }
  }

  private *exposeRoot(istiods: Pod[]): Iterable<string> {
    const seconds = this.rootSecondsLeft();
    const timestamp = Math.round(this.clock().getTime() / 1000 + seconds);
    const families = [
      ['citadel_server_root_cert_expiry_timestamp', timestamp],
      ['citadel_server_root_cert_expiry_seconds', seconds],
      ['citadel_server_cert_chain_expiry_timestamp', timestamp],
      ['citadel_server_cert_chain_expiry_seconds', seconds],
    ] as const;
    for (const [name, value] of families) {
      yield* family(
        name,
        'gauge',
        'When the certificate ends.',
        samples(name, istiods, value),
      );
    }
  }

  private *exposeRejections(
    workloads: readonly Workload[],
    istiod: Pod,
  ): Iterable<string> {
    for (const [part, name] of Object.entries(REJECTS)) {
      const rejecting = workloads.flatMap(workload => {
        const rejected = this.conditions.rejections.get(workload.key);
        return rejected?.part === part
          ? workload.pods.map(pod =>
              sample(
                name,
                renderLabels({
                  node: `${pod.name}.${workload.namespace}`,
                  err: rejected.error,
                  ...podLabels(istiod),
                }),
                // Istiod only counts up: each push is refused anew.
                1 +
                  Math.floor((this.engine.nowMs - rejected.sinceMs) / PUSH_MS),
              ),
            )
          : [];
      });
      if (rejecting.length > 0) {
        yield* family(name, 'gauge', 'Configuration was rejected.', rejecting);
      }
    }
  }

  private rootSecondsLeft(): number {
    const { rootCertificate: set } = this.conditions;
    const elapsed = (this.engine.nowMs - (set?.atMs ?? 0)) / 1000;
    return Math.round((set?.secondsLeft ?? ROOT_LIFE_S * 0.9) - elapsed);
  }
}

function samples(
  name: string,
  pods: readonly Pod[],
  value: number,
  labels: Record<string, string> = {},
): string[] {
  return pods.map(pod =>
    sample(name, renderLabels({ ...labels, ...podLabels(pod) }), value),
  );
}

/** Whole parts of a whole, as even as can be. */
function shareOf(whole: number, parts: number, index: number): number {
  return Math.floor(whole / parts) + (index < whole % parts ? 1 : 0);
}
