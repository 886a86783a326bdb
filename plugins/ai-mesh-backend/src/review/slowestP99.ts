import type { EffectiveRule } from '../routes/EffectiveRoutes';
import { destinationVersion } from '../routes/observedTraffic';
import { istioLabels } from '../telemetry';
import type { ReviewSubject } from './ReviewSubject';

/**
 * The slowest hundredth of what a rule's destinations answer, milliseconds: of the versions that it sends to, where
 * their labels and metrics tell them apart, by version or by workload, else of the whole service.
 */
export function slowestP99(
  { telemetry, routes, snapshot, service }: ReviewSubject,
  rule?: EffectiveRule,
): number | undefined {
  const own = (rule?.destinations ?? []).filter(
    ({ host, weightPercent }) => host === routes.host && weightPercent > 0,
  );
  const byVersion = own.map(destination => {
    const { label, values } =
      destinationVersion(snapshot, service, destination) ?? {};
    const measured = (values ?? []).flatMap(
      value =>
        (label === istioLabels.destinationVersion
          ? telemetry.p99MsByVersion
          : telemetry.p99MsByWorkload
        ).get(value) ?? [],
    );
    return measured.length > 0 ? Math.max(...measured) : undefined;
  });
  const found = byVersion.filter(value => value !== undefined);
  if (found.length > 0 && found.length === byVersion.length) {
    return Math.max(...found);
  }
  return telemetry.p99Ms.status === 'known' ? telemetry.p99Ms.value : undefined;
}
