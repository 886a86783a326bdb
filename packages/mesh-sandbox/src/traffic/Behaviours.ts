import { Workload } from '../mesh';
import {
  Behaviour,
  behaviourSchema,
  ExternalBehaviour,
  ModelBehaviour,
  WorkloadBehaviour,
} from '../world';

/** Looks up how workloads, external hosts and models behave. */
export class Behaviours {
  private readonly workloads = new Map<string, WorkloadBehaviour>();
  private readonly externals = new Map<string, ExternalBehaviour>();
  private readonly models = new Map<string, ModelBehaviour>();

  constructor(private readonly behaviour: Behaviour) {
    behaviour.workloads.forEach(one => this.workloads.set(one.workload, one));
    behaviour.externals.forEach(one => this.externals.set(one.host, one));
    behaviour.models.forEach(one => this.models.set(one.name, one));
  }

  /**
   * A workload that the world does not know (somebody has just created it) behaves like one of the same `app` label,
   * or else answers quickly and calls nobody.
   */
  of(workload: Workload): WorkloadBehaviour {
    let found = this.workloads.get(workload.key);
    if (!found) {
      const sibling = this.behaviour.workloads.find(
        one =>
          workload.app !== 'unknown' &&
          one.workload.startsWith(`${workload.namespace}/${workload.app}`),
      );
      found = { ...(sibling ?? unremarkable()), workload: workload.key };
      this.workloads.set(workload.key, found);
    }
    return found;
  }

  external(host: string): ExternalBehaviour {
    let found = this.externals.get(host);
    if (!found) {
      const { latencyMs, errorRatio, throttledRatio } = unremarkable();
      found = { host, latencyMs, errorRatio, throttledRatio, serves: [] };
      this.externals.set(host, found);
    }
    return found;
  }

  model(name: string): ModelBehaviour | undefined {
    return this.models.get(name);
  }
}

function unremarkable(): WorkloadBehaviour {
  return behaviourSchema.parse({
    workloads: [{ workload: 'default/default' }],
  }).workloads[0];
}
