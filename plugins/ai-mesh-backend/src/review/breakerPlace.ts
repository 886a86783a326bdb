import type { BreakerSettings, Words } from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { ConfigObject } from '../kubernetes/kinds';
import { Field } from '../routes/Field';
import { endpointCounts } from './endpointCounts';
import type { ReviewSubject } from './ReviewSubject';
import { objectOf, placeOf } from './subjectRules';

/** Breaker settings with the object and the place in it that they come from. */
export interface BreakerPlace {
  readonly settings: BreakerSettings;
  readonly object: ConfigObject;
  /** `spec.trafficPolicy`, `spec.subsets[1].trafficPolicy`, ...; of a part that is inherited, the rule's own. */
  path(part: 'connectionPool' | 'outlierDetection'): string;
  readonly place: string | Words;
  /** How many there may be of those that the settings are for, least first; undefined: not known. */
  readonly endpoints: readonly number[] | undefined;
}

/** The settings that apply to a service, each with its place; empty where DestinationRules cannot be read. */
export function breakerPlaces(subject: ReviewSubject): BreakerPlace[] {
  return (subject.routes.breakers ?? []).flatMap(settings => {
    const object = objectOf(subject.routes.objects, settings.object);
    return object ? [placed(subject, settings, object)] : [];
  });
}

function placed(
  subject: ReviewSubject,
  settings: BreakerSettings,
  object: ConfigObject,
): BreakerPlace {
  const spec = new Field(object.spec, 'spec', () => undefined);
  const [first, second] = (settings.subset ?? '').split(', ');
  const port = [first, second].find(part => /^port \d+$/.test(part ?? ''));
  const name = first !== '' && first !== port ? first : undefined;
  const subset = spec
    .at('subsets')
    .list()
    .find(candidate => candidate.at('name').text() === name);
  const policy = (subset ?? spec).at('trafficPolicy');
  const own =
    port === undefined
      ? policy
      : policy
          .at('portLevelSettings')
          .list()
          .find(
            entry =>
              entry.at('port').at('number').integer() === Number(port.slice(5)),
          );
  const base = own ?? policy;
  const path = (part: 'connectionPool' | 'outlierDetection') =>
    subset && port === undefined && !base.at(part).present
      ? `spec.trafficPolicy.${part}`
      : `${base.path}.${part}`;
  return {
    settings,
    object,
    path,
    place: placeOf(object, base.path, settings.subset),
    endpoints: endpoints(subject, subset?.at('labels').textMap()),
  };
}

function endpoints(
  subject: ReviewSubject,
  labels: Record<string, string> | undefined,
): readonly number[] | undefined {
  const { snapshot, service, routes } = subject;
  return endpointCounts(
    subject,
    labels
      ? endpointsOf(snapshot, service.namespace, service.name, labels)
      : routes.endpoints,
    labels,
  );
}

/** The settings of a DestinationRule as a whole, whose limits a finding about missing ones is to be added to. */
export function ownPolicy(
  places: readonly BreakerPlace[],
): BreakerPlace | undefined {
  return places.find(({ settings }) => settings.subset === undefined);
}
