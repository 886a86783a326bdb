import { groupBy } from '../../kubernetes/groupBy';
import type { ConfigObject } from '../../kubernetes/kinds';
import { subsetHasEndpoint } from '../../kubernetes/endpointLabels';
import { endpointsBehind } from '../../kubernetes/endpointsOf';
import { withLabels } from '../../kubernetes/labels';
import { Field } from '../../routes/Field';
import { fullHost, serviceOfHost } from '../../routes/hosts';
import { serviceEntryFor } from '../../routes/serviceEntries';
import { removeValue, setValue, stepsOf } from '../../manifest';
import type { EffectiveRoutes } from '../../routes/EffectiveRoutes';
import type { Analyzer, Draft } from '../Analyzer';
import { ownRule } from '../ownRule';
import { readyElsewhere } from '../readyElsewhere';
import type { ReviewSubject } from '../ReviewSubject';
import { placeOf } from '../subjectRules';

/** AIM301, seen from the DestinationRule: a host that is nothing, or a subset that selects no pod. */
export const idleDestinationRule: Analyzer = {
  codes: ['AIM301'],
  needs: ['DestinationRule', 'Service', 'ServiceEntry', 'Pod'],
  *analyze(subject) {
    const own = ownRule(subject);
    if (own) {
      yield* emptySubsets(subject, own);
    }
    for (const object of strays(subject)) {
      yield* unknownHost(subject, object, own);
    }
  },
};

function* emptySubsets(
  subject: ReviewSubject,
  rule: ConfigObject,
): Iterable<Draft> {
  const { snapshot, object: service, routes } = subject;
  const { namespace = '', name: serviceName } = service.metadata;
  const selector = service.spec?.selector ?? {};
  if (Object.keys(selector).length === 0) {
    return;
  }
  const endpoints = new Map(
    endpointsBehind(snapshot, namespace, serviceName).map(endpoint => [
      endpoint.pod,
      endpoint,
    ]),
  );
  const places = withLabels(
    snapshot.inNamespace('Pod', namespace),
    selector,
  ).map(({ metadata }) => ({
    zone: undefined,
    nodeName: undefined,
    ...endpoints.get(metadata.name),
    cluster: snapshot.cluster,
    podLabels: metadata.labels,
  }));
  for (const subset of new Field(rule.spec, 'spec', () => undefined)
    .at('subsets')
    .list()) {
    const labels = subset.at('labels').textMap();
    const name = subset.at('name').text();
    if (
      name !== undefined &&
      places.every(place => subsetHasEndpoint(labels, place) === false) &&
      !readyElsewhere(subject, labels)
    ) {
      yield {
        key: 'AIM301.emptySubset',
        object: rule,
        path: subset.path,
        params: {
          place: placeOf(rule, subset.path),
          subset: name,
          labels: Object.entries(labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(', '),
        },
        // Where a route sends to it, the pods are what is missing.
        ...(!isUsed(routes, name) && {
          fix: {
            object: rule,
            operations: removeValue(rule, stepsOf(subset.path)),
          },
        }),
      };
    }
  }
}

function isUsed({ host, rules }: EffectiveRoutes, subset: string): boolean {
  return rules.some(({ destinations, mirrors }) =>
    [...destinations, ...mirrors].some(
      target => target.host === host && target.subset === subset,
    ),
  );
}

/** Rules of the namespace that are called like the service, or labelled like it, but are not for its host. */
function strays({
  snapshot,
  object,
  service,
  routes,
}: ReviewSubject): ConfigObject[] {
  const { namespace, name } = service;
  const app = object.metadata.labels?.app ?? object.spec?.selector?.app;
  const rules = snapshot.inNamespace('DestinationRule', namespace);
  const labelled =
    app === undefined ? [] : (groupBy(rules, appLabels).get(app) ?? []);
  const called = snapshot.get('DestinationRule', namespace, name);
  return [...new Set([...(called ? [called] : []), ...labelled])].filter(
    rule => !routes.objects.includes(rule),
  );
}

function appLabels({ metadata }: ConfigObject): string[] {
  const app = metadata.labels?.app;
  return app === undefined ? [] : [app];
}

function* unknownHost(
  { snapshot, routes }: ReviewSubject,
  object: ConfigObject,
  own: ConfigObject | undefined,
): Iterable<Draft> {
  const written = new Field(object.spec, 'spec', () => undefined)
    .at('host')
    .text();
  if (written === undefined || written.includes('*')) {
    return;
  }
  const host = fullHost(
    written,
    object.metadata.namespace ?? '',
    snapshot.clusterDomain,
  );
  const service = serviceOfHost(host, snapshot.clusterDomain);
  const known =
    (service && snapshot.get('Service', service.namespace, service.name)) ??
    serviceEntryFor(snapshot, host);
  if (!known) {
    yield {
      key: 'AIM301.ruleHost',
      object,
      path: 'spec.host',
      params: { place: placeOf(object, ''), host },
      // Two rules for one host would be a finding of their own.
      ...(!own && {
        fix: {
          object,
          operations: setValue(object, stepsOf('spec.host'), routes.host),
        },
      }),
    };
  }
}
