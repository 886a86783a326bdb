import { equalJson } from '../../store/equalJson';
import { Cluster } from './Cluster';
import { Workload } from './objects';

/** A count of zero is left out, as Kubernetes leaves it out; but for the replicas there are. */
function counted(status: object): Workload['status'] {
  const entries = Object.entries(status).filter(([, value]) => value !== 0);
  return { replicas: 0, ...Object.fromEntries(entries) };
}

/** Writes a workload's status, where it has changed. */
export function writeStatus(
  { store }: Cluster,
  workload: Workload,
  status: object,
): void {
  const next = counted(status);
  if (!equalJson(workload.status, next)) {
    store.update<Workload>('apps', workload.kind, workload.metadata, draft => {
      draft.status = next;
    });
  }
}
