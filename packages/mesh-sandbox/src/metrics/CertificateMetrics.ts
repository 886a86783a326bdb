import { createHash } from 'crypto';
import { hasEnvoy, MeshModel, Pod } from '../mesh';
import { Conditions } from '../traffic';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { podLabels } from './podLabels';

const DAY_S = 86_400;
/** Istio's agents renew a workload's certificate around half of its life of 24 h. */
const ROTATION_S = DAY_S / 2;

/** When each proxy's certificate ends, as its agent reports. */
export class CertificateMetrics implements MetricSource {
  constructor(
    private readonly engine: {
      readonly nowMs: number;
      readonly model: MeshModel;
    },
    private readonly conditions: Conditions,
  ) {}

  *expose(): Iterable<string> {
    const proxies: Pod[] = [];
    for (const workload of this.engine.model.workloads.values()) {
      if (hasEnvoy(workload)) {
        proxies.push(...workload.pods);
      }
    }
    const agent = 'istio_agent_cert_expiry_seconds';
    yield* family(
      agent,
      'gauge',
      'Seconds until the certificate ends.',
      proxies.map(pod =>
        sample(
          agent,
          renderLabels({ resource_name: 'default', ...podLabels(pod) }),
          this.secondsLeft(pod),
        ),
      ),
    );
  }

  private secondsLeft(pod: Pod): number {
    const set = this.conditions.certificates.get(pod.workload.key);
    if (set) {
      return Math.round(
        set.secondsLeft - (this.engine.nowMs - set.atMs) / 1000,
      );
    }
    // Pods were started at different times, so that they do not renew together.
    const age = createHash('sha256').update(pod.key).digest().readUInt16BE();
    return DAY_S - ((age + Math.round(this.engine.nowMs / 1000)) % ROTATION_S);
  }
}
