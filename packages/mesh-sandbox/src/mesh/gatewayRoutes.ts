import { ObjectStore } from '../store';
import { serviceHost } from './hosts';
import { isPool, shadowServiceName } from './inferencePools';
import {
  AnswerHeaders,
  BackendRef,
  GatewayApiRoute,
  HttpMatch,
  HttpRule,
  ResponseHeaderModifier,
  RouteRule,
  VirtualService,
} from './istioObjects';

/** How a Gateway of the Gateway API is told from Istio's own of the same name. */
export function gatewayKey(namespace: string, name: string): string {
  return `gateway-api/${namespace}/${name}`;
}

/**
 * The HTTPRoutes and GRPCRoutes as the VirtualServices that they amount to: one for each Service that is a parent and
 * namespace of routes, and one for each host name of a Gateway that is; their rules by the precedence that the Gateway
 * API gives their matches.
 */
export function gatewayApiRoutes(store: ObjectStore): VirtualService[] {
  const found = new Map<string, VirtualService>();
  const routes = ['HTTPRoute', 'GRPCRoute']
    .flatMap(kind =>
      store.list<GatewayApiRoute>('gateway.networking.k8s.io', kind),
    )
    .sort((a, b) => createdAt(a) - createdAt(b));
  for (const route of routes) {
    const { namespace = '' } = route.metadata;
    for (const parent of route.spec?.parentRefs ?? []) {
      for (const place of placesOf(parent, route)) {
        const known = found.get(place.key);
        const http = [
          ...(known?.spec?.http ?? []),
          ...(route.spec?.rules ?? []).flatMap(rule =>
            rulesOf(rule, namespace, place.port),
          ),
        ];
        found.set(place.key, {
          apiVersion: route.apiVersion,
          kind: route.kind,
          metadata: known?.metadata ?? route.metadata,
          spec: { ...place.spec, http: http.sort(byPrecedence) },
        });
      }
    }
  }
  return [...found.values()];
}

type ParentRef = NonNullable<
  NonNullable<GatewayApiRoute['spec']>['parentRefs']
>[number];

/** Where a route applies by one of its parents. */
function placesOf(
  parent: ParentRef,
  { metadata, spec }: GatewayApiRoute,
): { key: string; spec: VirtualService['spec']; port?: number }[] {
  const { namespace = '' } = metadata;
  const owner = parent.namespace ?? namespace;
  if ((parent.kind ?? 'Gateway') === 'Gateway') {
    const gateway = gatewayKey(owner, parent.name);
    return (spec?.hostnames ?? ['*']).map(host => ({
      key: `${gateway}|${host}`,
      spec: { hosts: [host], gateways: [gateway] },
    }));
  }
  if (parent.kind !== 'Service' || parent.group) {
    return [];
  }
  const host = serviceHost(parent.name, owner);
  return [
    {
      key: `${namespace}|${host}`,
      port: parent.port,
      spec: {
        hosts: [host],
        // A route beside its Service is for all callers, one elsewhere for the callers there.
        ...(owner !== namespace && { exportTo: ['.'] }),
      },
    },
  ];
}

/** A pool is called at the Service that Istio keeps for it, which has one port. */
function backendDestination(backend: BackendRef, namespace: string) {
  const owner = backend.namespace ?? namespace;
  return isPool(backend)
    ? { host: serviceHost(shadowServiceName(backend.name), owner) }
    : {
        host: serviceHost(backend.name, owner),
        port: { number: backend.port },
      };
}

function createdAt({ metadata }: GatewayApiRoute): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}

/** One rule for each match, so that matches of several routes can be ordered. */
function rulesOf(
  { matches, filters, backendRefs, timeouts, retry }: RouteRule,
  namespace: string,
  port: number | undefined,
): HttpRule[] {
  const setHeaders = filters?.flatMap(({ requestHeaderModifier: modifier }) => [
    ...(modifier?.set ?? []),
    ...(modifier?.add ?? []),
  ]);
  const redirect = filters?.find(one => one.requestRedirect)?.requestRedirect;
  const uri = filters?.find(one => one.urlRewrite)?.urlRewrite?.path
    ?.replaceFullPath;
  const rule: HttpRule = {
    route: (backendRefs ?? []).map(({ weight = 1, ...backend }) => ({
      destination: backendDestination(backend, namespace),
      weight,
      headers: {
        ...(setHeaders?.length && { request: { set: named(setHeaders) } }),
        response: answerHeaders(backend.filters),
      },
    })),
    headers: { response: answerHeaders(filters) },
    timeout: timeouts?.request,
    retries: retry && {
      attempts: retry.attempts ?? 1,
      perTryTimeout: timeouts?.backendRequest,
      retryOn: retry.codes?.join(','),
    },
    rewrite: uri === undefined ? undefined : { uri },
    redirect: redirect && { redirectCode: redirect.statusCode ?? 302 },
    mirrors: filters?.flatMap(({ requestMirror: mirror }) =>
      mirror
        ? [
            {
              destination: backendDestination(mirror.backendRef, namespace),
              percentage: { value: mirror.percent ?? 100 },
            },
          ]
        : [],
    ),
  };
  return (matches?.length ? matches : [{}]).map(match => ({
    ...rule,
    match: [{ ...httpMatch(match), port }],
  }));
}

function named(list: { name: string; value: string }[] = []) {
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

function answerHeaders(
  filters: { responseHeaderModifier?: ResponseHeaderModifier }[] = [],
): AnswerHeaders | undefined {
  const modifier = filters.find(
    one => one.responseHeaderModifier,
  )?.responseHeaderModifier;
  return (
    modifier && {
      set: named(modifier.set),
      add: named(modifier.add),
      remove: modifier.remove,
    }
  );
}

type RouteMatch = NonNullable<RouteRule['matches']>[number];

function httpMatch({
  path,
  method,
  headers,
  queryParams,
}: RouteMatch): HttpMatch {
  const conditions = (list: RouteMatch['headers']) =>
    list &&
    Object.fromEntries(
      list.map(({ name, value, type }) => [
        name,
        type === 'RegularExpression' ? { regex: value } : { exact: value },
      ]),
    );
  return {
    uri: typeof method === 'object' ? grpcPath(method) : path && httpPath(path),
    method: typeof method === 'string' ? { exact: method } : undefined,
    headers: conditions(headers),
    queryParams: conditions(queryParams),
  };
}

function httpPath({
  type = 'PathPrefix',
  value = '/',
}: NonNullable<RouteMatch['path']>) {
  if (type === 'Exact') {
    return { exact: value };
  }
  if (type === 'RegularExpression') {
    return { regex: value };
  }
  const prefix = value.replace(/\/$/, '');
  // A prefix of whole path segments: `/api` covers `/api/chat`, not `/apis`.
  return prefix === ''
    ? { prefix: '/' }
    : { regex: `${prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(/.*)?` };
}

function grpcPath({ service, method }: { service?: string; method?: string }) {
  if (service && method) {
    return { exact: `/${service}/${method}` };
  }
  return service
    ? { prefix: `/${service}/` }
    : { regex: `/[^/]+/${method ?? '[^/]+'}` };
}

/** Exact paths, then longer ones, then a method, then more headers, then more query parameters. */
function byPrecedence(one: HttpRule, other: HttpRule): number {
  const [a, b] = [rank(one), rank(other)];
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : b[at] - a[at];
}

function rank({ match: [match] = [{}] }: HttpRule): number[] {
  const path = match.uri ?? {};
  return [
    path.exact === undefined ? 0 : 1,
    (path.exact ?? path.prefix ?? path.regex ?? '').length,
    match.method ? 1 : 0,
    Object.keys(match.headers ?? {}).length,
    Object.keys(match.queryParams ?? {}).length,
  ];
}
