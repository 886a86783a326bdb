import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { KindState, MeshSnapshot } from './MeshSnapshot';

/** A cluster that calls are seen from or to, and whose objects nobody configured this portal to read. */
export class UnconfiguredCluster implements MeshSnapshot {
  readonly rootNamespace = 'istio-system';

  /** @param cluster - by Istio's name, which is all that is known of it */
  constructor(
    readonly cluster: string,
    readonly takenAt: Date,
    readonly clusterDomain: string,
  ) {}

  state(): KindState {
    return {
      status: 'unreachable',
      ...said(wording('kube.unconfigured', { cluster: this.cluster })),
    };
  }

  all(): readonly never[] {
    return [];
  }

  byNamespace(): readonly never[] {
    return [];
  }

  inNamespace(): readonly never[] {
    return [];
  }

  get(): undefined {
    return undefined;
  }

  showsAs(other: MeshSnapshot): boolean {
    return (
      other instanceof UnconfiguredCluster && other.cluster === this.cluster
    );
  }
}
