import {
  poolOfHost,
  type CanaryDestinationWeight,
  type CanaryVersion,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A version as a person calls it: its subset or InferencePool, else its host without the cluster's domain. */
export function versionName(
  version: Pick<CanaryVersion | CanaryDestinationWeight, 'host' | 'subset'> &
    Pick<CanaryVersion, 'pool' | 'port'>,
  service?: Pick<ServiceRef, 'name'>,
): string {
  const { host, pool, subset } = version;
  return (
    subset ??
    pool ??
    (host && (poolOfHost(host)?.name ?? host.split('.')[0])) ??
    service?.name ??
    ''
  );
}

/** The two versions of a canary by name. */
export interface VersionNames {
  canary: string;
  stable: string;
}

/** @see {@link versionName} */
export function versionNames(
  canary: Record<keyof VersionNames, CanaryVersion> & {
    service: Pick<ServiceRef, 'name'>;
  },
): VersionNames {
  return {
    canary: versionName(canary.canary, canary.service),
    stable: versionName(canary.stable, canary.service),
  };
}
