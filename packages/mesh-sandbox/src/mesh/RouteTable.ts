import { ObjectStore } from '../store';
import { durationMs } from './duration';
import { exportedTo, hostCovers, qualifyHost } from './hosts';
import { gatewayApiRoutes } from './gatewayRoutes';
import { AnswerHeaders, HttpRule, VirtualService } from './istioObjects';
import { httpMatches, RequestOrigin, RequestShape } from './matching';

/** Where a route may send a request. */
export interface RouteDestination {
  /** Full name. */
  host: string;
  subset: string;
  /** Absent: the port that was called. */
  port?: number;
  weight: number;
  setHeaders?: Record<string, string>;
  answer?: AnswerHeaders;
}

export interface RetryPolicy {
  /** Tries after the first. */
  attempts: number;
  perTryTimeoutMs?: number;
  retryOn: ReadonlySet<string>;
}

/** What a caller's proxy does with a request. */
export interface Route {
  destinations: RouteDestination[];
  /** Sum of the weights. */
  totalWeight: number;
  timeoutMs?: number;
  retries: RetryPolicy;
  fault?: {
    delayMs: number;
    delayRatio: number;
    abortStatus?: number;
    abortGrpcStatus?: string;
    abortRatio: number;
  };
  mirrors: { destination: RouteDestination; ratio: number }[];
  directStatus?: number;
  rewriteUri?: string;
  answer?: AnswerHeaders;
}

/** What Istio does where nothing else is said, since 1.24: a 503 is not retried, for it may not be safe. */
export const DEFAULT_RETRIES: RetryPolicy = {
  attempts: 2,
  retryOn: new Set([
    'connect-failure',
    'refused-stream',
    'unavailable',
    'cancelled',
  ]),
};

/** The http rules that apply to a host. */
export interface VirtualHost {
  readonly rules: readonly CompiledRule[];
}

/** The first rule that fits; undefined where none does: Envoy answers 404. */
export function matchRoute(
  { rules }: VirtualHost,
  origin: RequestOrigin,
  port: number,
  request: RequestShape,
): Route | undefined {
  return rules.find(
    ({ rule, outer }) =>
      anyMatches(outer, request, origin, port) &&
      anyMatches(rule.match, request, origin, port),
  )?.route;
}

interface CompiledRule {
  rule: HttpRule;
  /** The matches of a delegating rule that must fit besides. */
  outer?: HttpRule['match'];
  route: Route;
}

interface CompiledService {
  hosts: string[];
  gateways: string[];
  namespace: string;
  exportTo?: string[];
  created: number;
  rules: CompiledRule[];
}

interface HostEntry {
  pattern: string;
  service: CompiledService;
}

/** Finds the rule of a VirtualService that a request falls under. */
export class RouteTable {
  /** By full host, the oldest first. */
  private readonly exact = new Map<string, HostEntry[]>();
  /** The longest first. */
  private readonly wild: HostEntry[] = [];
  private readonly byOrigin = new Map<string, CompiledService | undefined>();

  constructor(store: ObjectStore) {
    const all = store.list<VirtualService>(
      'networking.istio.io',
      'VirtualService',
    );
    const delegates = new Map(
      all.map(one => [`${one.metadata.namespace}/${one.metadata.name}`, one]),
    );
    const services = [...all, ...gatewayApiRoutes(store)]
      // A VirtualService without hosts is only there to be delegated to.
      .filter(({ spec }) => spec?.hosts?.length)
      .map(one => compile(one, delegates))
      .sort((one, other) => one.created - other.created);
    for (const service of services) {
      for (const pattern of service.hosts) {
        const entry = { pattern, service };
        if (pattern.startsWith('*')) {
          this.wild.push(entry);
        } else {
          this.exact.set(pattern, [...(this.exact.get(pattern) ?? []), entry]);
        }
      }
    }
    this.wild.sort((one, other) => other.pattern.length - one.pattern.length);
  }

  /** What VirtualServices say of a host to callers like this; undefined where none covers it. */
  covering(origin: RequestOrigin, host: string): VirtualHost | undefined {
    const service = this.serviceFor(origin, host);
    return service?.rules.length ? service : undefined;
  }

  /** Exact hosts before wildcards, longer wildcards before shorter, and of two the oldest. */
  private serviceFor(
    origin: RequestOrigin,
    host: string,
  ): CompiledService | undefined {
    const key = `${origin.namespace}|${origin.gateways.join(',')}|${host}`;
    if (!this.byOrigin.has(key)) {
      const found = [...(this.exact.get(host) ?? []), ...this.wild].find(
        ({ pattern, service }) =>
          hostCovers(pattern, host) &&
          service.gateways.some(one => origin.gateways.includes(one)) &&
          exportedTo(service.exportTo, service.namespace, origin.namespace),
      );
      this.byOrigin.set(key, found?.service);
    }
    return this.byOrigin.get(key);
  }
}

function anyMatches(
  matches: HttpRule['match'],
  request: RequestShape,
  origin: RequestOrigin,
  port: number,
): boolean {
  return (
    !matches?.length ||
    matches.some(match => httpMatches(match, request, origin, port))
  );
}

function compile(
  { metadata, spec }: VirtualService,
  delegates: Map<string, VirtualService>,
): CompiledService {
  const namespace = metadata.namespace ?? '';
  const gateways = spec?.gateways?.length ? spec.gateways : ['mesh'];
  const rules: CompiledRule[] = [];
  for (const rule of spec?.http ?? []) {
    if (rule.delegate) {
      const owner = rule.delegate.namespace ?? namespace;
      const target = delegates.get(`${owner}/${rule.delegate.name}`);
      // Istio follows a delegate once: a rule of a delegate that delegates again has no effect.
      for (const inner of target?.spec?.http ?? []) {
        if (!inner.delegate) {
          rules.push({
            rule: qualifyGateways(inner, owner),
            outer: rule.match,
            route: compileRoute(inner, owner),
          });
        }
      }
    } else {
      rules.push({
        rule: qualifyGateways(rule, namespace),
        route: compileRoute(rule, namespace),
      });
    }
  }
  return {
    hosts: (spec?.hosts ?? []).map(host => qualifyHost(host, namespace)),
    gateways: gateways.map(name => qualifyGateway(name, namespace)),
    namespace,
    exportTo: spec?.exportTo,
    created: Date.parse(metadata.creationTimestamp ?? '') || 0,
    rules,
  };
}

function qualifyGateway(name: string, namespace: string): string {
  return name === 'mesh' || name.includes('/') ? name : `${namespace}/${name}`;
}

function qualifyGateways(rule: HttpRule, namespace: string): HttpRule {
  return {
    ...rule,
    match: rule.match?.map(match => ({
      ...match,
      gateways: match.gateways?.map(name => qualifyGateway(name, namespace)),
    })),
  };
}

function compileRoute(rule: HttpRule, namespace: string): Route {
  const routes = rule.route ?? [];
  const destinations = routes.map(({ destination, weight, headers }) => ({
    host: qualifyHost(destination.host, namespace),
    subset: destination.subset ?? '',
    port: destination.port?.number,
    // A lone destination gets everything, whatever its weight.
    weight: routes.length === 1 ? 1 : (weight ?? 0),
    setHeaders: headers?.request?.set,
    answer: headers?.response,
  }));
  const mirrors = [
    ...(rule.mirror
      ? [{ destination: rule.mirror, percentage: rule.mirrorPercentage }]
      : []),
    ...(rule.mirrors ?? []),
  ];
  return {
    destinations,
    totalWeight: destinations.reduce((sum, { weight }) => sum + weight, 0),
    timeoutMs: durationMs(rule.timeout) || undefined,
    retries: retryPolicy(rule),
    fault: faultOf(rule),
    mirrors: mirrors.map(({ destination, percentage }) => ({
      destination: {
        host: qualifyHost(destination.host, namespace),
        subset: destination.subset ?? '',
        port: destination.port?.number,
        weight: 1,
      },
      ratio: (percentage?.value ?? 100) / 100,
    })),
    directStatus:
      rule.directResponse?.status ??
      (rule.redirect ? (rule.redirect.redirectCode ?? 301) : undefined),
    rewriteUri: rule.rewrite?.uri,
    answer: rule.headers?.response,
  };
}

function retryPolicy({ retries }: HttpRule): RetryPolicy {
  if (!retries) {
    return DEFAULT_RETRIES;
  }
  return {
    attempts: retries.attempts,
    perTryTimeoutMs: durationMs(retries.perTryTimeout),
    retryOn: retries.retryOn
      ? new Set(retries.retryOn.split(',').map(one => one.trim()))
      : DEFAULT_RETRIES.retryOn,
  };
}

function faultOf({ fault }: HttpRule): Route['fault'] {
  if (!fault) {
    return undefined;
  }
  const ratio = (part?: { percentage?: { value?: number } }) =>
    part ? (part.percentage?.value ?? 100) / 100 : 0;
  return {
    delayMs: durationMs(fault.delay?.fixedDelay) ?? 0,
    delayRatio: ratio(fault.delay),
    abortStatus: fault.abort?.httpStatus,
    abortGrpcStatus: fault.abort?.grpcStatus,
    abortRatio: ratio(fault.abort),
  };
}
