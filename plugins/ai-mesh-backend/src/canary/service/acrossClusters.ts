import type {
  CanaryPreflight,
  CanaryPreview,
  CanaryPreviewRequest,
} from '@ai-mesh/plugin-ai-mesh-common';

/** The request as it is for the service in each of its clusters, in their order. */
export function eachCluster<
  T extends Pick<CanaryPreviewRequest, 'service' | 'across'>,
>(request: T): T[] {
  const { service, across } = request;
  return (across?.clusters ?? [service.cluster]).map(cluster => ({
    ...request,
    service: { ...service, cluster },
  }));
}

/** @param preflights - one a cluster, in their order */
export function previewOf(
  { across }: Pick<CanaryPreviewRequest, 'across'>,
  [first, ...others]: readonly CanaryPreflight[],
): CanaryPreview {
  return {
    ...first,
    ...(across && {
      others: others.map((preflight, index) => ({
        cluster: across.clusters[index + 1],
        preflight,
      })),
    }),
  };
}
