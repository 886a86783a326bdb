import { endpointsOf } from '../kubernetes/endpointsOf';
import { Field } from '../routes/Field';
import type { BreakerPlace } from './breakerPlace';
import { ejectable } from './ejection';
import { endpointCounts } from './endpointCounts';
import type { ReviewSubject } from './ReviewSubject';

/** Endpoints that a breaker's settings are for together: Envoy knows the service, and each subset of it, as a cluster of its own. */
export interface BreakerGroup {
  /** Absent: the service as a whole, or what the settings name. */
  readonly subset?: string;
  /** How many there may be, least first. */
  readonly counts: readonly number[];
}

/** Those that the settings name, and each subset that inherits them; without those of whose number nobody knows. */
export function breakerGroups(
  subject: ReviewSubject,
  { settings, object, endpoints }: BreakerPlace,
): BreakerGroup[] {
  return [
    ...(endpoints ? [{ counts: endpoints }] : []),
    ...(settings.subset === undefined
      ? subsetGroups(
          subject,
          object,
          subset => !subset.at('trafficPolicy').at('outlierDetection').present,
        )
      : []),
  ];
}

/** The subsets of a DestinationRule that are meant. */
export function subsetGroups(
  subject: ReviewSubject,
  object: BreakerPlace['object'],
  isMeant: (subset: Field) => boolean = () => true,
): BreakerGroup[] {
  const { snapshot, service } = subject;
  return new Field(object.spec, 'spec', () => undefined)
    .at('subsets')
    .list()
    .filter(isMeant)
    .flatMap(subset => {
      const labels = subset.at('labels').textMap();
      const counts = endpointCounts(
        subject,
        endpointsOf(snapshot, service.namespace, service.name, labels),
        labels,
      );
      return counts ? [{ subset: subset.at('name').text() ?? '', counts }] : [];
    });
}

/** Whether a share lets one out of some group; where there are no endpoints yet, or nobody knows, nothing speaks against it. */
export function ejectsSomewhere(
  groups: readonly BreakerGroup[],
  percent: number,
): boolean {
  const peopled = groups.filter(({ counts }) =>
    counts.some(count => count > 0),
  );
  return (
    peopled.length === 0 ||
    peopled.some(({ counts }) =>
      counts.some(count => ejectable(count, percent) > 0),
    )
  );
}
