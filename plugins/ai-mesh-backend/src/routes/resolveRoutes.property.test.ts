import {
  routeRuleSchema,
  breakerSettingsSchema,
  routeNoteSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { ConfigObject, MeshKind } from '../kubernetes/kinds';
import { resolveRoutes } from './resolveRoutes';

const effectiveRuleSchema = routeRuleSchema.extend({
  destinations: routeRuleSchema.shape.destinations.element
    .omit({ observed: true })
    .array(),
});

/** Words that make arbitrary JSON reach deep into the readers. */
const KEYS = [
  'hosts',
  'host',
  'http',
  'tls',
  'tcp',
  'match',
  'matches',
  'route',
  'rules',
  'destination',
  'weight',
  'subsets',
  'subset',
  'name',
  'namespace',
  'labels',
  'trafficPolicy',
  'connectionPool',
  'outlierDetection',
  'portLevelSettings',
  'port',
  'number',
  'uri',
  'headers',
  'exact',
  'prefix',
  'delegate',
  'gateways',
  'exportTo',
  'timeout',
  'retries',
  'attempts',
  'fault',
  'delay',
  'fixedDelay',
  'mirror',
  'mirrors',
  'percentage',
  'value',
  'parentRefs',
  'backendRefs',
  'kind',
  'filters',
  'type',
  'path',
  'method',
  'timeouts',
  'retry',
  'codes',
  'workloadSelector',
  'matchLabels',
  '__proto__',
  'constructor',
];
const VALUES = [
  'chat',
  'chat.ai.svc.cluster.local',
  '*',
  'v1',
  'Service',
  'mesh',
  '10s',
  '-1s',
  '.',
  '~',
  'URLRewrite',
  'Exact',
  'RequestMirror',
  'RequestRedirect',
];

const { json } = fc.letrec(tie => ({
  json: fc.oneof(
    { maxDepth: 9, depthSize: 'large' },
    fc.constantFrom(...VALUES),
    fc.constantFrom(null, true, 0, 1, -1, 1.5, 90, 1e308, ''),
    fc.string(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...KEYS), tie('json')), { maxLength: 6 })
      // As a parser of JSON makes it: `__proto__` is a key like any other.
      .map(entries =>
        JSON.parse(
          `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
        ),
      ),
  ),
}));

/** Half of the specs lead to the service, so that their rules are read. */
const spec = fc.oneof(
  json,
  fc.record({
    hosts: fc.constant(['chat']),
    host: fc.constant('chat'),
    parentRefs: fc.constant([{ kind: 'Service', name: 'chat' }]),
    http: json,
    tls: json,
    tcp: json,
    rules: json,
    subsets: json,
    trafficPolicy: json,
    exportTo: json,
  }),
);

const object = (kind: MeshKind, name: string) =>
  spec.map((value): ConfigObject => ({
    apiVersion: 'test/v1',
    kind,
    metadata: { namespace: 'ai', name },
    spec: value as Record<string, unknown>,
  }));

it('never throws, and answers as the schema says, whatever the objects hold', () => {
  fc.assert(
    fc.property(
      object('VirtualService', 'chat'),
      object('VirtualService', 'v1'),
      object('DestinationRule', 'chat'),
      object('HTTPRoute', 'chat'),
      object('GRPCRoute', 'chat'),
      object('ServiceEntry', 'chat'),
      (first, second, rule, http, grpc, entry) => {
        const routes = resolveRoutes(
          snapshotOf({
            VirtualService: [first, second],
            DestinationRule: [rule],
            HTTPRoute: [http],
            GRPCRoute: [grpc],
            ServiceEntry: [entry],
          }),
          { namespace: 'ai', name: 'chat' },
        );
        effectiveRuleSchema.array().parse(routes.rules);
        breakerSettingsSchema.array().parse(routes.breakers);
        routeNoteSchema.array().parse(routes.notes);
        for (const { destinations } of routes.rules) {
          const total = destinations.reduce(
            (sum, { weightPercent }) => sum + weightPercent,
            0,
          );
          expect(total === 0 || Math.abs(total - 100) < 1e-6).toBe(true);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
