import type { OwnThings } from '../../target/ownership';
import type { CanaryRecord } from '../machine';

/** What a canary's words are about, and may name. */
export function aboutOf({
  entityRef,
  service: { cluster, namespace, name },
}: Pick<CanaryRecord, 'entityRef' | 'service'>): OwnThings & {
  entityRef: string;
} {
  return {
    entityRef,
    clusters: [
      {
        cluster: { name: cluster },
        services: [{ namespace, name }],
        workloads: [],
      },
    ],
  };
}
