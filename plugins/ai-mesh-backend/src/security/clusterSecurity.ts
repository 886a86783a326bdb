import type { ServiceSecurity } from '@ai-mesh/plugin-ai-mesh-common';
import type { ClusterTarget } from '../target/Target';
import type { AskedCluster, ClusterTelemetry } from '../telemetry';
import { gatherSecurity } from './gatherSecurity';
import type { LookBack } from './LookBack';
import { serviceObject } from '../kubernetes/serviceObject';
import { serviceSecurity } from './serviceSecurity';

/** The services of an entity on one cluster, and how the questions about them went. */
export async function clusterSecurity(
  target: ClusterTarget,
  configured: readonly AskedCluster[],
  lookBack: LookBack,
  now: Date,
): Promise<{ telemetry: ClusterTelemetry; services: ServiceSecurity[] }> {
  const { cluster, snapshot, services } = target;
  const gathered = await gatherSecurity(target, configured, lookBack, now);
  const read: ServiceSecurity[] = [];
  for (const name of services) {
    read.push(
      await serviceSecurity({
        snapshot,
        service: serviceObject(snapshot, name),
        gathered,
        lookBack,
        now,
        autoMtls: cluster.autoMtls ?? true,
      }),
    );
  }
  return { telemetry: gathered.telemetry, services: read };
}
