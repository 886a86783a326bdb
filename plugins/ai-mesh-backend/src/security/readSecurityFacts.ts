import type { ServiceObject } from '../kubernetes/kinds';
import type { ClusterTarget } from '../target/Target';
import { inTurns } from '../target/inTurns';
import type { ClusterTelemetry } from '../telemetry';
import { CalledEnds } from './CalledEnds';
import { askEncryption } from './askEncryption';
import type { LookBack } from './LookBack';
import { namespacePlaintext } from './namespacePlaintext';
import { observedCallers } from './observedCallers';
import { securityFacts, type ServiceSecurityFacts } from './securityFacts';

/** Three questions a cluster; tells of each of its services what there is to be judged, in turns with other work. */
export async function readSecurityFacts(
  { cluster, snapshot, services }: ClusterTarget,
  telemetry: ClusterTelemetry,
  { lookBack, now }: { lookBack: LookBack; now: Date },
): Promise<(service: ServiceObject) => Promise<ServiceSecurityFacts>> {
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
  return async service => {
    const { namespace = '', name } = service.metadata;
    await inTurns();
    const observed = observedCallers(observation, { namespace, name });
    await inTurns();
    return securityFacts({
      snapshot,
      service,
      observed,
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
