import fc from 'fast-check';
import type { ConfigObject } from '../../../kubernetes/kinds';
import type { SplitSelector } from '../findRule';
import type { JsonRecord } from '../json';

/** A generated route with one rule that a canary can run on, wherever it stands, and what else people write. */
export interface GeneratedRoute {
  object: ConfigObject;
  selector: SplitSelector;
}

const clusterDomain = 'cluster.local';
const namespace = 'ai-services';

const word = fc.constantFrom('a', 'chat', 'primary', 'x-y');
/** Fields that no schema of ours knows; drawn from few, because free JSON takes longer to make than to edit. */
const strangeFields: fc.Arbitrary<JsonRecord> = fc.constantFrom<JsonRecord>(
  {},
  {},
  { xField: null },
  { 'x/slash~tilde': [1, { deep: [[]] }], weightless: 0.5 },
  { xComment: '# keep me', xMap: { weight: 3, 'ai-mesh.io/canary': true } },
);
const weight = fc.integer({ min: 1, max: 1000 });

const ruleExtras = fc.record(
  {
    timeout: fc.constantFrom('60s', '0s'),
    retries: fc.constant({ attempts: 2, retryOn: 'gateway-error' }),
    fault: fc.constant({ abort: { httpStatus: 500 } }),
    mirror: fc.constant({ host: 'shadow' }),
    headers: fc.constant({ request: { set: { a: 'b' } } }),
  },
  { requiredKeys: [] },
);

interface Dialect {
  kind: string;
  apiVersion: string;
  rules: string;
  destinations: string;
  matches: string;
  someMatch: JsonRecord;
  destination(version: string, extra: JsonRecord): JsonRecord;
  version(name: string): { host: string; subset?: string };
}

const virtualService: Dialect = {
  kind: 'VirtualService',
  apiVersion: 'networking.istio.io/v1',
  rules: 'http',
  destinations: 'route',
  matches: 'match',
  someMatch: { headers: { tier: { exact: 'vip' } } },
  destination: (subset, extra) => ({
    destination: { host: 'chat', subset },
    ...extra,
  }),
  version: subset => ({
    host: `chat.${namespace}.svc.${clusterDomain}`,
    subset,
  }),
};

const httpRoute: Dialect = {
  kind: 'HTTPRoute',
  apiVersion: 'gateway.networking.k8s.io/v1',
  rules: 'rules',
  destinations: 'backendRefs',
  matches: 'matches',
  someMatch: { headers: [{ type: 'Exact', name: 'tier', value: 'vip' }] },
  destination: (version, extra) => ({
    name: `chat-${version}`,
    port: 8080,
    ...extra,
  }),
  version: version => ({
    host: `chat-${version}.${namespace}.svc.${clusterDomain}`,
  }),
};

/** Routes of both kinds; their weights always leave room for whole percents. */
export const generatedRoutes: fc.Arbitrary<GeneratedRoute> = fc.oneof(
  generate(virtualService),
  generate(httpRoute),
);

/** An object as an API server keeps it: the Gateway API's schema fills in what a route leaves out. */
export function stored(object: ConfigObject): ConfigObject {
  if (object.kind !== 'HTTPRoute') {
    return object;
  }
  const defaults: JsonRecord = { group: '', kind: 'Service', weight: 1 };
  const anyPath = { type: 'PathPrefix', value: '/' };
  for (const rule of object.spec?.rules as JsonRecord[]) {
    rule.matches ??= [{ path: { ...anyPath } }];
    for (const match of rule.matches as JsonRecord[]) {
      match.path ??= { ...anyPath };
    }
    for (const backend of rule.backendRefs as JsonRecord[]) {
      for (const key of Object.keys(defaults)) {
        backend[key] ??= defaults[key];
      }
    }
  }
  return object;
}

function generate(dialect: Dialect): fc.Arbitrary<GeneratedRoute> {
  const { stable, canary } = { stable: 'v1', canary: 'v2' };
  const destination = (version: string, weights: fc.Arbitrary<number>) =>
    fc
      .tuple(strangeFields, fc.option(weights, { nil: undefined }))
      .map(([extra, written]) =>
        dialect.destination(version, {
          ...extra,
          ...(written !== undefined && { weight: written }),
        }),
      );
  const otherRule = fc
    .tuple(ruleExtras, strangeFields, fc.option(word, { nil: undefined }))
    .map(([extras, strange, name]) => ({
      ...(name && { name }),
      [dialect.matches]: [dialect.someMatch],
      [dialect.destinations]: [dialect.destination(stable, {})],
      ...extras,
      ...strange,
    }));
  const mainRule = fc
    .record({
      alone: destination(stable, weight),
      shared: fc.record({
        stable: destination(stable, fc.constantFrom(400, 1000)),
        canary: fc.option(destination(canary, fc.constantFrom(0, 1, 7, 100)), {
          nil: undefined,
        }),
        third: fc.option(destination('v3', fc.constantFrom(0, 100, 250)), {
          nil: undefined,
        }),
        order: fc.integer({ min: 0, max: 5 }),
      }),
      several: fc.boolean(),
      extras: ruleExtras,
      strange: strangeFields,
      name: fc.option(word, { nil: undefined }),
      emptyMatch: fc.boolean(),
    })
    .map(rule => ({
      ...rule.strange,
      ...(rule.name && { name: `main-${rule.name}` }),
      ...(rule.emptyMatch && { [dialect.matches]: [] }),
      [dialect.destinations]: rule.several
        ? shuffled(weighed(rule.shared), rule.shared.order)
        : [rule.alone],
      ...rule.extras,
    }));
  const annotations = fc.option(
    fc.constantFrom<Record<string, string>>(
      {},
      { note: '' },
      { 'argocd.argoproj.io/tracking-id': 'a:b/c', 'x~y/z': '{"json":1}' },
    ),
    { nil: undefined },
  );
  return fc
    .record({
      before: fc.array(otherRule, { maxLength: 3 }),
      main: mainRule,
      after: fc.array(otherRule, { maxLength: 2 }),
      strange: strangeFields,
      annotations,
    })
    .map(({ before, main, after, strange, annotations: written }) => ({
      selector: {
        clusterDomain,
        stable: dialect.version(stable),
        canary: dialect.version(canary),
      },
      object: stored({
        apiVersion: dialect.apiVersion,
        kind: dialect.kind,
        metadata: {
          name: 'chat',
          namespace,
          resourceVersion: '1',
          ...(written && { annotations: { ...written } }),
        },
        // A copy: what is drawn from few would be shared.
        spec: structuredClone({
          ...strange,
          [dialect.rules]: [...before, main, ...after],
        }),
      }),
    }));
}

/** Several destinations need a stable one with weight, or the rule sends nothing. */
function weighed(parts: {
  stable: JsonRecord;
  canary?: JsonRecord;
  third?: JsonRecord;
}): JsonRecord[] {
  const { stable, canary, third } = parts;
  const rest = [canary, third].flatMap(part => (part ? [part] : []));
  return [rest.length > 0 ? { weight: 400, ...stable } : stable, ...rest];
}

function shuffled<T>(items: T[], order: number): T[] {
  const rotated = items.map((_, i) => items[(i + order) % items.length]);
  return order % 2 === 0 ? rotated : rotated.reverse();
}
