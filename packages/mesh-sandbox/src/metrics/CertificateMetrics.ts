import { createHash } from 'crypto';
import { MeshModel, Pod } from '../mesh';
import { Conditions } from '../traffic';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { podLabels } from './podLabels';

const DAY_S = 86_400;
/** Istio's agents renew a workload's certificate around half of its life of 24 h. */
const ROTATION_S = DAY_S / 2;
const ROOT_LIFE_S = 3650 * DAY_S;

/** When certificates end: each proxy's own, and the root's, which istiod reports. */
export class CertificateMetrics implements MetricSource {
  constructor(
    private readonly engine: {
      readonly nowMs: number;
      readonly model: MeshModel;
    },
    private readonly conditions: Conditions,
    private readonly clock: () => Date,
  ) {}

  *expose(): Iterable<string> {
    const proxies: Pod[] = [];
    const istiods: Pod[] = [];
    for (const workload of this.engine.model.workloads.values()) {
      if (workload.proxy !== 'none') {
        proxies.push(...workload.pods);
      }
      if (workload.app === 'istiod') {
        istiods.push(...workload.pods);
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
    yield* this.exposeRoot(istiods);
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
        istiods.map(pod => sample(name, renderLabels(podLabels(pod)), value)),
      );
    }
    const build = { component: 'pilot', tag: '1.29.2' };
    yield* family(
      'istio_build',
      'gauge',
      'Build of an Istio component.',
      istiods.map(pod =>
        sample('istio_build', renderLabels({ ...build, ...podLabels(pod) }), 1),
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

  private rootSecondsLeft(): number {
    const { rootCertificate: set } = this.conditions;
    const elapsed = (this.engine.nowMs - (set?.atMs ?? 0)) / 1000;
    return Math.round((set?.secondsLeft ?? ROOT_LIFE_S * 0.9) - elapsed);
  }
}
