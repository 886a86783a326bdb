import type {
  CanaryDestinationWeight,
  CanaryVersion,
  ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A version as a person calls it: its subset, else its host without the cluster's domain. */
export function versionName(
  version: Pick<CanaryVersion | CanaryDestinationWeight, 'host' | 'subset'> & {
    port?: number;
  },
  service?: Pick<ServiceRef, 'name'>,
): string {
  const host = version.host?.split('.')[0] ?? service?.name ?? '';
  return version.subset ?? host;
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
