import { readFileSync } from 'fs';
import { resolve } from 'path';
import { parseAllDocuments } from 'yaml';
import { meshOf } from './__testUtils__/meshOf';
import { resolveRoutes } from './resolveRoutes';

describe('the demo', () => {
  const world = readFileSync(
    resolve(
      __dirname,
      '../../../../packages/mesh-sandbox/worlds/shop/ai-chat-service.yaml',
    ),
    'utf8',
  );
  const routing = parseAllDocuments(world)
    .filter(({ contents }) =>
      /VirtualService|DestinationRule/.test(String(contents)),
    )
    .map(document => document.toString())
    .join('\n---\n');
  const routes = resolveRoutes(
    meshOf(routing, {
      services: { 'ai-chat-service.ai-services': ['v1', 'v2'] },
    }),
    { namespace: 'ai-services', name: 'ai-chat-service' },
  );

  it('reads the rules from top to bottom', () => {
    expect(
      routes.rules.map(rule => ({
        name: rule.name,
        matches: rule.matches,
        split: rule.destinations.map(
          ({ subset, weightPercent }) => `${subset} ${weightPercent}`,
        ),
        timeoutMs: rule.timeoutMs,
        retries: rule.retries,
        reachable: rule.reachable,
      })),
    ).toEqual([
      {
        name: 'vip',
        matches: [
          [
            {
              field: 'header',
              name: 'x-user-tier',
              operator: 'exact',
              value: 'vip',
            },
          ],
        ],
        split: ['v2 100'],
        timeoutMs: 30_000,
        retries: {
          attempts: 2,
          perTryTimeoutMs: 15_000,
          retryOn: ['gateway-error', 'connect-failure', 'retriable-4xx'],
          source: 'route',
        },
        reachable: true,
      },
      {
        name: 'testing',
        matches: [
          [
            {
              field: 'header',
              name: 'x-testing',
              operator: 'exact',
              value: 'true',
            },
          ],
        ],
        split: ['v2 100'],
        timeoutMs: null,
        retries: {
          attempts: 2,
          retryOn: [
            'connect-failure',
            'refused-stream',
            'unavailable',
            'cancelled',
          ],
          source: 'mesh-default',
        },
        reachable: true,
      },
      {
        name: 'split',
        matches: [],
        split: ['v1 90', 'v2 10'],
        timeoutMs: 60_000,
        retries: {
          attempts: 2,
          perTryTimeoutMs: 25_000,
          retryOn: ['gateway-error', 'connect-failure'],
          source: 'route',
        },
        reachable: true,
      },
    ]);
    expect(routes.notes).toEqual([]);
  });

  it('shows what each destination stands for', () => {
    expect(routes.rules[2].destinations[0]).toEqual({
      host: 'ai-chat-service.ai-services.svc.cluster.local',
      kind: 'Service',
      subset: 'v1',
      weight: 90,
      weightPercent: 90,
      subsetLabels: { version: 'v1' },
      endpoints: { status: 'known', value: { ready: 1, total: 1 } },
    });
  });

  it('shows the breaker of the rule and of each subset, which inherits the outlier detection', () => {
    const outlierDetection = {
      consecutiveGatewayErrors: 5,
      consecutive5xxErrors: 5,
      intervalMs: 30_000,
      baseEjectionTimeMs: 60_000,
      maxEjectionPercent: 50,
      minHealthPercent: 30,
    };
    const pool = {
      maxConnections: 100,
      http2MaxRequests: 100,
      maxRequestsPerConnection: 10,
    };
    expect(routes.breakers).toMatchObject([
      {
        connectionPool: { ...pool, http1MaxPendingRequests: 50 },
        outlierDetection,
      },
      {
        subset: 'v1',
        connectionPool: { ...pool, http1MaxPendingRequests: 80 },
        outlierDetection,
      },
      {
        subset: 'v2',
        connectionPool: { ...pool, http1MaxPendingRequests: 30 },
        outlierDetection,
      },
    ]);
  });
});
