import type { MtlsNote, WorkloadMtls } from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { serviceHost } from '../routes/hosts';
import type { CalledService } from './callerPairs';
import { workloadsBehind } from './MeshWorkload';
import { mtlsNotes } from './mtlsNotes';
import { peerLevels } from './peerLevels';
import { serverMtls } from './serverMtls';
import { workloadPorts } from './workloadPorts';

/** A service with what each port of each of its workloads accepts, and what to know about that. */
export function calledService(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): CalledService & { notes: MtlsNote[] } {
  const { namespace = '', name } = service.metadata;
  const notes: MtlsNote[] = [];
  const workloads = workloadsBehind(snapshot, service).map(workload => {
    const levels = peerLevels(snapshot, workload);
    const ports: WorkloadMtls['ports'] = workloadPorts(
      service,
      workload.pods,
    ).map(port => ({
      ...port,
      ...serverMtls(snapshot, workload.proxy, levels, port.port),
    }));
    notes.push(
      ...mtlsNotes(
        snapshot,
        workload.proxy,
        levels,
        ports.map(({ port }) => port),
      ),
    );
    return {
      workload: workload.name,
      labels: workload.labels,
      proxy: workload.proxy,
      ports,
    };
  });
  return {
    host: serviceHost({ namespace, name }, snapshot.clusterDomain),
    workloads,
    notes: [...new Map(notes.map(note => [note.message, note])).values()],
  };
}
