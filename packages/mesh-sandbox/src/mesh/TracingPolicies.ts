import { ObjectStore } from '../store';
import { MeshSettings, Telemetry } from './istioObjects';
import { selects } from './kubernetesObjects';
import { hasEnvoy, Workload } from './model';

/** Istio's own, where a Telemetry object turns tracing on and says nothing of how much. */
const DEFAULT_PERCENT = 1;

/** How a workload's proxy traces. */
export interface TracingSettings {
  /** Of the requests that nobody before has decided on, 0..100. */
  samplingPercent: number;
  /** False: the context is passed on, and no span of its own reported. */
  reports: boolean;
  /** Tags of its spans by name: a request's header or else the value. */
  tags: readonly { name: string; header?: string; value?: string }[];
}

type Tracing = NonNullable<NonNullable<Telemetry['spec']>['tracing']>[number];

interface Policy {
  namespace: string;
  labels?: Record<string, string>;
  tracing: Tracing;
}

/** Which proxies trace, by Telemetry objects: those of a workload before its namespace's before the mesh's. */
export class TracingPolicies {
  private readonly policies: Policy[] = [];
  private readonly known = new Map<Workload, TracingSettings | undefined>();
  private readonly root: string;

  constructor(store: ObjectStore, settings: MeshSettings) {
    this.root = settings.rootNamespace;
    for (const { metadata, spec } of store.list<Telemetry>(
      'telemetry.istio.io',
      'Telemetry',
    )) {
      const [tracing] = spec?.tracing ?? [];
      if (tracing) {
        this.policies.push({
          namespace: metadata.namespace ?? '',
          labels: spec?.selector?.matchLabels,
          tracing,
        });
      }
    }
  }

  /** @returns undefined where nothing turns tracing on */
  of(workload: Workload): TracingSettings | undefined {
    if (this.policies.length === 0) {
      return undefined;
    }
    if (!this.known.has(workload)) {
      this.known.set(workload, this.find(workload));
    }
    return this.known.get(workload);
  }

  private find(workload: Workload) {
    const { namespace, labels } = workload;
    const isOf = (owner: string) => (policy: Policy) =>
      policy.namespace === owner && !policy.labels;
    const found =
      this.policies.find(
        policy =>
          policy.namespace === namespace &&
          policy.labels &&
          selects(policy.labels, labels),
      ) ??
      this.policies.find(isOf(namespace)) ??
      this.policies.find(isOf(this.root));
    return found && hasEnvoy(workload) ? settingsOf(found.tracing) : undefined;
  }
}

function settingsOf(tracing: Tracing): TracingSettings {
  return {
    samplingPercent: tracing.randomSamplingPercentage ?? DEFAULT_PERCENT,
    reports: tracing.disableSpanReporting !== true,
    tags: Object.entries(tracing.customTags ?? {}).map(
      ([name, { header, literal }]) => ({
        name,
        header: header?.name.toLowerCase(),
        value: literal?.value ?? header?.defaultValue,
      }),
    ),
  };
}
