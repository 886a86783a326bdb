import {
  known,
  ObjectRef,
  RouteDestination,
  RouteRule,
  Routes,
  routesSchema,
  ServiceRoutes,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, CLUSTER } from './answers';
import { closedBreaker, traffic, unknownTraffic } from './traffic';

const object = (kind: string, name: string): ObjectRef => ({
  cluster: CLUSTER,
  apiVersion: 'networking.istio.io/v1',
  kind,
  namespace: 'ai-services',
  name,
});
const virtualService = object('VirtualService', 'ai-chat-service');
const destinationRule = object('DestinationRule', 'ai-chat-service');

function destination(
  subset: string,
  change: Partial<RouteDestination> = {},
): RouteDestination {
  return {
    host: 'ai-chat-service.ai-services.svc.cluster.local',
    kind: 'Service',
    subset,
    weightPercent: 100,
    subsetLabels: { version: subset },
    endpoints: known({ ready: 3, total: 3 }),
    observed: traffic(11.2, { p95Ms: 1800 }),
    ...change,
  };
}

function rule(index: number, change: Partial<RouteRule> = {}): RouteRule {
  return {
    object: virtualService,
    path: `spec.http[${index}]`,
    protocol: 'http',
    gateways: ['mesh'],
    matches: [],
    reachable: true,
    destinations: [destination('v1')],
    timeoutMs: 60_000,
    retries: {
      attempts: 2,
      perTryTimeoutMs: 25_000,
      retryOn: ['gateway-error', 'connect-failure'],
      source: 'route',
    },
    mirrors: [],
    headers: [],
    actions: [],
    ...change,
  };
}

const header = (name: string, value: string) => ({
  field: 'header',
  name,
  operator: 'exact' as const,
  value,
});

/** The demo's chat service: a rule for VIPs, one for tests, a 90/10 split, and one that nothing reaches. */
export function serviceRoutes(
  change: Partial<ServiceRoutes> = {},
): ServiceRoutes {
  return {
    service: {
      cluster: CLUSTER,
      namespace: 'ai-services',
      name: 'ai-chat-service',
    },
    rules: [
      rule(0, {
        matches: [[header('x-user-tier', 'vip')]],
        destinations: [
          destination('v2', { observed: traffic(1.2, { errorRatio: 0.04 }) }),
        ],
        timeoutMs: 30_000,
      }),
      rule(1, {
        name: 'tests',
        matches: [
          [
            header('x-testing', 'true'),
            { field: 'method', operator: 'exact', value: 'POST' },
          ],
          [
            {
              field: 'header',
              name: 'x-synthetic',
              operator: 'present',
              value: '',
            },
          ],
        ],
        destinations: [
          destination('v3', {
            endpoints: known({ ready: 0, total: 0 }),
            observed: unknownTraffic('no-traffic'),
            problem: 'Subset v3 is not defined by a DestinationRule.',
          }),
        ],
        fault: { delay: { fixedDelayMs: 2000, percent: 10 } },
        mirrors: [
          {
            host: 'ai-chat-shadow.ai-services.svc.cluster.local',
            percent: 5,
          },
        ],
      }),
      rule(2, {
        destinations: [
          destination('v1', { weight: 90, weightPercent: 90 }),
          destination('v2', {
            weight: 10,
            weightPercent: 10,
            endpoints: known({ ready: 1, total: 1 }),
            observed: traffic(1.2, { errorRatio: 0.04, p95Ms: 6400 }),
          }),
        ],
      }),
      rule(3, {
        reachable: false,
        unreachableBecause: 'Rule 3 matches every request.',
        timeoutMs: null,
        retries: {
          attempts: 2,
          retryOn: ['connect-failure', 'refused-stream'],
          source: 'mesh-default',
        },
      }),
    ],
    breakers: [
      {
        object: destinationRule,
        connectionPool: {
          maxConnections: 100,
          http1MaxPendingRequests: 50,
          connectTimeoutMs: 5000,
        },
        outlierDetection: {
          consecutive5xxErrors: 5,
          intervalMs: 30_000,
          baseEjectionTimeMs: 60_000,
          maxEjectionPercent: 50,
        },
      },
      {
        subset: 'v2',
        object: destinationRule,
        connectionPool: { http1MaxPendingRequests: 30 },
      },
    ],
    breakerState: closedBreaker({
      message: 'Ejections are not exported: add proxyStatsMatcher.',
      ejectedHosts: unknown('not-exported'),
    }),
    traffic: traffic(12.4, { errorRatio: 0.004, p95Ms: 2300 }),
    endpoints: known({ ready: 4, total: 4 }),
    notes: [
      {
        kind: 'several-virtual-services',
        message: 'Two VirtualServices route this host; Istio may merge them.',
        objects: [virtualService],
      },
    ],
    objects: [
      {
        ref: virtualService,
        manifest: {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'ai-chat-service', namespace: 'ai-services' },
          spec: {
            hosts: ['ai-chat-service'],
            http: [
              { match: [{ headers: { 'x-user-tier': { exact: 'vip' } } }] },
              { name: 'tests' },
              {
                route: [
                  {
                    destination: { host: 'ai-chat-service', subset: 'v1' },
                    weight: 90,
                  },
                  {
                    destination: { host: 'ai-chat-service', subset: 'v2' },
                    weight: 10,
                  },
                ],
              },
              { route: [{ destination: { host: 'ai-chat-service' } }] },
            ],
          },
        },
      },
    ],
    ...change,
  };
}

/** The effective routes of the demo's chat service. */
export function routes(change: Partial<Routes> = {}): Routes {
  return routesSchema.parse({
    ...answer(),
    services: [serviceRoutes()],
    ...change,
  } satisfies Routes);
}
