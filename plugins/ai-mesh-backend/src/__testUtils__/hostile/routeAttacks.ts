import fc from 'fast-check';
import type { HostileRequest } from './HostileRequest';
import { present } from './HostileRequest';
import {
  canaryActions,
  fixApplicationActions,
  fixApplications,
  fixRequests,
  nearly,
  previews,
  requests,
} from './nearly';
import { anybody, encoded, usual } from './oddText';

/** What a route takes, and one request of it that is right. */
interface RouteAttack {
  /** Its query's parameters, with right values. */
  query?: Record<string, readonly string[]>;
  /** Without which it refuses anything. */
  needs?: string;
  body?: fc.Arbitrary<string>;
  right?: { body?: object; statuses: number[] };
}

const entity = '/v1/entities/{kind}/{namespace}/{name}';
const at = [present.moment, '2026-01-01T00:00:00%2B02:00'];
const window = ['5m', '15m', '1h', '6h'];
const view = { query: { window, at } };
const page = { limit: ['1', '50', '200'], cursor: ['eyJhIjoxfQ', 'AAAA'] };
/** Where Prometheus has not seen a model yet, there is nothing to write rules and panels of. */
const youngMesh = { statuses: [200, 404] };
const facts = {
  names: ['mtls', 'mtlsObservedShare,plaintextCallers', 'no-such-fact'],
};

/**
 * How each route is attacked. A route that is not in it, or one of its parameters, fails a test of the routes: see
 * `http/routes.identities.test.ts`.
 */
export const routeAttacks: Record<string, RouteAttack> = {
  [`get ${entity}/overview`]: view,
  [`get ${entity}/topology`]: {
    query: { ...view.query, depth: ['1', '2', '3'] },
  },
  [`get ${entity}/topology/replay`]: {
    query: {
      ...view.query,
      depth: ['1', '2', '3'],
      span: ['1h', '6h', '24h'],
    },
  },
  [`get ${entity}/routes`]: view,
  [`get ${entity}/security`]: { query: { at } },
  [`get ${entity}/security/may-call`]: {
    needs: 'cluster=shop&namespace=ai-services&service=ai-chat-service',
    query: {
      cluster: ['shop'],
      namespace: ['ai-services'],
      service: ['ai-chat-service'],
      principal: ['cluster.local/ns/ai-services/sa/ai-orchestrator'],
      callerNamespace: ['ai-services'],
      callerWorkload: ['ai-orchestrator'],
      method: ['GET', 'POST'],
      path: ['/', '/v1/chat'],
      host: ['ai-chat-service.ai-services'],
      port: ['8080'],
      ip: ['10.0.0.1', '::1'],
      headers: ['x-user:%20a%0Ax-team:%20b', ':', 'a%0D%0Ab'],
    },
  },
  [`get ${entity}/traces`]: {
    query: { ...view.query, model: ['gpt-4'], slowerThanMs: ['100', '0.5'] },
  },
  [`get ${entity}/review`]: {},
  [`get ${entity}/requests`]: {
    needs: 'kind=strict',
    query: {
      kind: ['strict', 'rules', 'canary'],
      canary: [present.canary, 'none'],
    },
  },
  [`post ${entity}/requests`]: {
    // Of a finding that the review does not have, so that no host is asked.
    right: { body: fixRequests[0], statuses: [409] },
    body: nearly(...fixRequests),
  },
  [`post ${entity}/review/applications`]: {
    right: { body: fixApplications[0], statuses: [409] },
    body: nearly(...fixApplications),
  },
  [`post ${entity}/review/applications/{id}/actions`]: {
    // There is none of that id.
    right: { body: fixApplicationActions[0], statuses: [404] },
    body: nearly(...fixApplicationActions),
  },
  [`get ${entity}/slos`]: {
    query: { window: ['1h', '6h', '1d', '7d', '30d'], at },
  },
  [`get ${entity}/slos/rules`]: {
    right: youngMesh,
    query: { format: ['prometheus', 'operator'], cluster: ['shop'] },
  },
  [`get ${entity}/slos/dashboard`]: { right: youngMesh },
  [`get ${entity}/canaries`]: { query: page },
  [`get ${entity}/canaries/options`]: {},
  [`get ${entity}/facts`]: {
    query: { ...facts, history: ['none', '7d', '90d', '400d'] },
  },
  [`get ${entity}/scorecard`]: {},
  'get /v1/facts': { query: { ...page, ...facts } },
  'post /v1/facts': {
    right: {
      body: { entityRefs: ['component:default/chat'], names: ['mtls'] },
      statuses: [200],
    },
    body: nearly(
      { entityRefs: ['component:default/chat'], names: ['mtls'] },
      { entityRefs: ['component:chat', 'chat', 'api:x/y', 'a:b:c/d/e'] },
      {
        entityRefs: Array.from({ length: 500 }, (_, n) => `component:d/c${n}`),
      },
      {
        entityRefs: Array.from({ length: 501 }, (_, n) => `component:d/c${n}`),
      },
    ),
  },
  'get /v1/canaries': { query: { ...page, active: ['true', 'false'] } },
  'get /v1/canaries/{id}': {},
  'get /v1/canaries/{id}/transitions': {
    query: { limit: page.limit, cursor: ['1', '7', '9007199254740993'] },
  },
  'post /v1/canaries/{id}/actions': {
    right: {
      body: { action: 'rollBack', version: present.version, reason: 'because' },
      // What ended, or has not begun, cannot be rolled back.
      statuses: [200, 409],
    },
    body: nearly(...canaryActions),
  },
  'post /v1/canaries/preflight': {
    right: { body: previews[0], statuses: [200] },
    body: nearly(...previews),
  },
  'post /v1/canaries': {
    // Where a canary holds the route, it is refused.
    right: { body: requests[0], statuses: [201, 409] },
    body: nearly(...requests),
  },
  'get /v1/models': { query: page },
  'get /v1/ownership/contested': { query: page },
  'get /v1/fleet': {
    query: {
      ...page,
      sort: [
        ...['name', 'owner', 'health', 'rate', 'errors', 'p95', 'canary'],
        ...['budget', 'burn', 'findings', 'level', 'cost', 'models'],
      ],
      level: ['gold', 'none,unknown', '__proto__'],
      order: ['asc', 'desc'],
      search: ['chat', '%25', '(', '%5C'],
      owner: ['group:default/ai-team', ',,'],
      system: ['a,b'],
      cluster: ['shop'],
      namespace: ['ai-services'],
      model: ['gpt-4o,x'],
      failing: ['true', 'false'],
    },
  },
  'get /v1/fleet/hurting': {
    query: {
      search: ['chat', '%25'],
      owner: ['group:default/ai-team', ',,'],
      system: ['a,b'],
      cluster: ['shop', '__proto__'],
      namespace: ['ai-services', ',,'],
      level: ['none,unknown', '__proto__'],
      model: ['gpt-4o', '__proto__'],
      failing: ['true'],
    },
  },
  'get /v1/openapi.json': {},
};

/** Another route's parameter, one that there is not, and what an object is written like. */
const STRANGE = ['nothing', 'window[]', 'a[b][c]', 'at', 'limit', '__proto__'];

/** The path of a route with its parameters filled in. */
function pathOf(route: string, fill: Record<string, string>): string {
  return route
    .split(' ')[1]
    .replace(/\{(\w+)\}/g, (_, name: string) => fill[name]);
}

const filled = fc.record({
  kind: usual('component', encoded),
  namespace: usual('default', encoded),
  name: usual('chat', fc.oneof(fc.constant('hidden'), encoded)),
  id: usual<string>(present.canary, encoded),
});

function queryOf({ query = {}, needs }: RouteAttack): fc.Arbitrary<string> {
  const names = Object.keys(query);
  const known: fc.Arbitrary<[string, string][]> =
    names.length === 0
      ? fc.constant([])
      : fc
          .uniqueArray(fc.constantFrom(...names), { maxLength: 3 })
          .chain(some =>
            fc.tuple(
              ...some.map(name =>
                fc
                  .oneof(
                    { weight: 7, arbitrary: fc.constantFrom(...query[name]) },
                    { weight: 1, arbitrary: encoded },
                  )
                  .map((value): [string, string] => [name, value]),
              ),
            ),
          );
  const strange = fc.tuple(fc.constantFrom(...STRANGE), encoded);
  return fc
    .record({
      known,
      more: usual<[string, string][]>([], fc.array(strange, { maxLength: 2 })),
      isWhole: usual(true, fc.constant(false)),
    })
    .map(({ known: some, more, isWhole }) => {
      const given = [...some, ...more].map(
        ([name, value]) => `${name}=${value}`,
      );
      const needed = (needs?.split('&') ?? []).filter(
        one => isWhole && some.every(([name]) => !one.startsWith(`${name}=`)),
      );
      return [...needed, ...given].join('&');
    });
}

function attackOn(route: string): fc.Arbitrary<HostileRequest> {
  const attack = routeAttacks[route];
  const method = route.split(' ')[0] as 'get' | 'post';
  return fc
    .record({
      fill: filled,
      query: queryOf(attack),
      as: anybody,
      body: attack.body ?? fc.constant(undefined),
      type: usual(
        'application/json',
        fc.constantFrom('text/plain', 'x', 'application/xml'),
      ),
    })
    .map(({ fill, query, as, body, type }) => ({
      target: route,
      method,
      path: pathOf(route, fill) + (query && `?${query}`),
      as,
      ...(body !== undefined && { body, type }),
    }));
}

/** Of each route: requests that are right, nearly right, and wrong. */
export const requestsOf: ReadonlyMap<
  string,
  fc.Arbitrary<HostileRequest>
> = new Map(Object.keys(routeAttacks).map(route => [route, attackOn(route)]));

/** The request of a route that is answered, and with what. */
export function rightRequest(
  route: string,
): HostileRequest & { statuses: number[] } {
  const { needs, right } = routeAttacks[route];
  const path = pathOf(route, {
    kind: 'component',
    namespace: 'default',
    name: 'chat',
    id: present.canary,
  });
  return {
    target: route,
    method: route.split(' ')[0] as 'get' | 'post',
    path: path + (needs ? `?${needs}` : ''),
    statuses: right?.statuses ?? [200],
    ...(right?.body && { body: JSON.stringify(right.body) }),
  };
}

/** Paths that lead nowhere. */
export const strayRequest: fc.Arbitrary<HostileRequest> = fc
  .tuple(
    fc.constantFrom('get' as const, 'post' as const),
    fc.oneof(
      fc.constantFrom(
        ...['/v1', '/', '/v1/entities', '/v2/canaries', '/v1/fleet/..'],
        ...['/v1//canaries', '/v1/canaries/', '/v1/entities/a/b/c/d/e/f'],
      ),
      fc
        .array(encoded, { maxLength: 6 })
        .map(parts => `/v1/${parts.join('/')}`),
    ),
    anybody,
  )
  .map(([method, path, as]) => ({
    target: 'nowhere',
    method,
    path,
    as,
    ...(method === 'post' && { body: '{}' }),
  }));
