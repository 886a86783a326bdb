import type { ServiceObject } from '../kubernetes/kinds';
import type { ClusterTarget } from '../target/Target';
import type { ClusterTelemetry } from '../telemetry';
import { CalledEnds } from './CalledEnds';
import { askEncryption } from './askEncryption';
import type { LookBack } from './LookBack';
import { namespacePlaintext } from './namespacePlaintext';
import { observedCallers } from './observedCallers';
import { securityFacts, type ServiceSecurityFacts } from './securityFacts';

/** Three questions a cluster; tells of each of its services what there is to be judged. */
export async function readSecurityFacts(
  { cluster, snapshot, services }: ClusterTarget,
  telemetry: ClusterTelemetry,
  { lookBack, now }: { lookBack: LookBack; now: Date },
): Promise<(service: ServiceObject) => ServiceSecurityFacts> {
  const seen = await askEncryption(
    telemetry,
    services,
    lookBack,
    now,
    new CalledEnds(cluster, [cluster], snapshot),
  );
  const observation = {
    series: seen.encryption,
    now: seen.encryptionNow,
    at: now,
    lookBack,
  };
  return service => {
    const { namespace = '', name } = service.metadata;
    return securityFacts({
      snapshot,
      service,
      observed: observedCallers(observation, { namespace, name }),
      namespacePlaintext: namespacePlaintext(
        seen.namespacePlaintext,
        namespace,
      ),
      lookBack,
      now,
      autoMtls: cluster.autoMtls ?? true,
    });
  };
}
