import {
  DestinationRule,
  hostCovers,
  MeshService,
  qualifyHost,
  VirtualService,
} from '../mesh';
import { ObjectStore } from '../store';

/** What Kiali marks a service with, from the objects that name its host. */
export function configBadges(
  store: ObjectStore,
  { host }: MeshService,
): Record<string, unknown> {
  const rules = store
    .list<DestinationRule>('networking.istio.io', 'DestinationRule')
    .filter(({ metadata, spec }) =>
      hostCovers(qualifyHost(spec?.host ?? '', metadata.namespace ?? ''), host),
    );
  const services = store
    .list<VirtualService>('networking.istio.io', 'VirtualService')
    .filter(({ metadata, spec }) =>
      spec?.hosts?.some(one =>
        hostCovers(qualifyHost(one, metadata.namespace ?? ''), host),
      ),
    );
  const http = services.flatMap(({ spec }) => spec?.http ?? []);
  const breaks = rules.some(
    ({ spec }) =>
      spec?.trafficPolicy?.connectionPool ||
      spec?.trafficPolicy?.outlierDetection ||
      spec?.subsets?.some(
        ({ trafficPolicy }) =>
          trafficPolicy?.connectionPool || trafficPolicy?.outlierDetection,
      ),
  );
  return {
    ...(breaks && { hasCB: true }),
    ...(http.some(({ fault }) => fault) && { hasFaultInjection: true }),
    ...(http.some(({ mirror, mirrors }) => mirror || mirrors?.length) && {
      hasMirroring: true,
    }),
    ...(http.some(({ match }) => match?.length) && { hasRequestRouting: true }),
    ...(http.some(({ timeout }) => timeout) && { hasRequestTimeout: true }),
    ...(http.some(({ route }) => (route?.length ?? 0) > 1) && {
      hasTrafficShifting: true,
    }),
    ...(services.length > 0 && {
      hasVS: { hostnames: services.flatMap(({ spec }) => spec?.hosts ?? []) },
    }),
  };
}
