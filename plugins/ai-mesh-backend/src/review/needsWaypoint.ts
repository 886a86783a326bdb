import type { ConfigObject } from '../kubernetes/kinds';
import type { Field } from '../routes/Field';
import { MESH } from '../routes/reachability';
import { specOf } from './specOf';

const OF_REQUESTS = [
  'request.headers',
  'request.auth.claims',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
];

/**
 * Whether an object says something of requests, which in ambient a waypoint sees and nobody else.
 *
 * @see Kiali's business/checkers/ambient/l7_classification.go
 */
export function needsWaypoint(object: ConfigObject): boolean {
  const spec = specOf(object);
  switch (object.kind) {
    case 'AuthorizationPolicy':
      return spec.at('rules').list().some(asksForRequests);
    case 'RequestAuthentication':
    case 'WasmPlugin':
      return true;
    case 'Telemetry':
      return (
        spec.at('tracing').list().length > 0 ||
        spec.at('accessLogging').list().length > 0 ||
        spec
          .at('metrics')
          .list()
          .some(metric => metric.at('overrides').list().length > 0)
      );
    case 'VirtualService': {
      const gateways = spec.at('gateways').texts();
      return (
        [...spec.at('http').list(), ...spec.at('tls').list()].length > 0 &&
        (gateways.length === 0 || gateways.includes(MESH))
      );
    }
    case 'DestinationRule':
      return [spec, ...spec.at('subsets').list()]
        .map(place => place.at('trafficPolicy'))
        .some(isOfRequests);
    default:
      return false;
  }
}

function asksForRequests(rule: Field): boolean {
  const operations = rule
    .at('to')
    .list()
    .map(to => to.at('operation'));
  const sources = rule
    .at('from')
    .list()
    .map(from => from.at('source'));
  const filled = (field: Field) => field.list().length > 0;
  return (
    rule
      .at('when')
      .list()
      .some(when =>
        OF_REQUESTS.some(key => when.at('key').text()?.startsWith(key)),
      ) ||
    operations.some(operation =>
      ['methods', 'paths', 'hosts'].some(name => filled(operation.at(name))),
    ) ||
    sources.some(source => filled(source.at('requestPrincipals')))
  );
}

function isOfRequests(policy: Field): boolean {
  const hash = policy.at('loadBalancer').at('consistentHash');
  return (
    Boolean(hash.at('httpHeaderName').text()) ||
    hash.at('httpCookie').present ||
    policy.at('connectionPool').at('http').present ||
    policy.at('outlierDetection').present
  );
}
