import {
  known,
  type Measured,
  type ServiceSecurity,
  type TelemetrySettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { inTurns } from '../target/inTurns';
import { resolveRoutes } from '../routes/resolveRoutes';
import { serviceAuthorization } from './authorization/serviceAuthorization';
import { certificates } from './certificates';
import type { GatheredSecurity } from './gatherSecurity';
import type { LookBack } from './LookBack';
import { workloadsBehind, type MeshWorkload } from './MeshWorkload';
import { namedObjects } from '../routes/namedObjects';
import { namespacePlaintext } from './namespacePlaintext';
import { observedCallers } from './observedCallers';
import { serviceMtls } from './serviceMtls';
import { telemetrySettings } from './telemetrySettings';

/** Everything that is known of one service's security, in turns with other work. Never rejects, whatever the objects hold. */
export async function serviceSecurity(inputs: {
  readonly snapshot: MeshSnapshot;
  readonly service: ServiceObject;
  readonly gathered: Omit<GatheredSecurity, 'telemetry'>;
  readonly lookBack: LookBack;
  readonly now: Date;
  /** The mesh's `enableAutoMtls`. */
  readonly autoMtls: boolean;
}): Promise<ServiceSecurity> {
  const { snapshot, service, gathered, lookBack, now, autoMtls } = inputs;
  const { namespace = '', name } = service.metadata;
  const workloads = workloadsBehind(snapshot, service);
  const observed = observedCallers(
    {
      series: gathered.encryption,
      now: gathered.encryptionNow,
      at: now,
      lookBack,
    },
    { namespace, name },
  );
  await inTurns();
  const mtls = serviceMtls({
    snapshot,
    service,
    observed,
    namespacePlaintext: namespacePlaintext(
      gathered.namespacePlaintext,
      namespace,
    ),
    lookBack,
    now,
    autoMtls,
  });
  await inTurns();
  const authorization = serviceAuthorization({
    snapshot,
    service,
    rules: resolveRoutes(snapshot, { namespace, name }).rules,
    observed,
    denied: gathered.denied,
  });
  await inTurns();
  const answer = {
    mtls,
    authorization,
    telemetry: telemetryOf(snapshot, workloads),
  };
  return {
    service: { cluster: snapshot.cluster, namespace, name },
    ...answer,
    certificates: certificates({
      workloads,
      proxies: gathered.proxies,
      controlPlane: gathered.controlPlane,
      now,
    }),
    objects: namedObjects(snapshot, answer),
  };
}

function telemetryOf(
  snapshot: MeshSnapshot,
  workloads: readonly MeshWorkload[],
): Measured<TelemetrySettings[]> {
  const missing = unknownKind(snapshot, 'Telemetry');
  // A cluster that does not serve the kind has no such settings.
  return missing?.status === 'unknown' && missing.reason !== 'not-configured'
    ? missing
    : known(workloads.map(workload => telemetrySettings(snapshot, workload)));
}
