import {
  destinationRule,
  meshOf,
  virtualService,
} from './__testUtils__/meshOf';
import { destinationRulesFor } from './destinationRules';
import { resolveRoutes } from './resolveRoutes';

const HOST = 'chat.ai.svc.cluster.local';
const newer = { creationTimestamp: '2026-02-01T00:00:00Z' };

function rule(name: string, spec: object = {}, metadata: object = {}): string {
  return destinationRule(name, { host: HOST, ...spec }, metadata);
}

const subsets = (...names: string[]) => ({
  subsets: names.map(name => ({ name, labels: { version: name } })),
});

function views(...manifests: string[]) {
  return destinationRulesFor(meshOf(manifests.join('')), HOST).views.map(
    ({ callers, rules }) =>
      [
        callers === 'others' ? 'others' : callers.join(' '),
        rules.map(({ metadata }) => metadata.name).join(' '),
      ].join(': '),
  );
}

/** Istio's `destinationRule` in `pilot/pkg/model/push_context.go`, row by row. */
describe('which DestinationRule callers get', () => {
  it.each<[string, string[], string[]]>([
    ['none', [], ['others: ']],
    ['the service’s', [rule('own')], ['others: own']],
    [
      'their own before the service’s',
      [rule('own'), rule('theirs', {}, { namespace: 'shop' })],
      ['others: own', 'shop: theirs'],
    ],
    [
      'their own wildcard before the service’s exact one',
      [rule('own'), rule('theirs', { host: '*.local' }, { namespace: 'shop' })],
      ['others: own', 'shop: theirs'],
    ],
    [
      'the root namespace’s after the service’s',
      [rule('own'), rule('wide', { host: '*' }, { namespace: 'istio-system' })],
      ['others: own'],
    ],
    [
      'the root namespace’s where the service has none',
      [rule('wide', { host: '*' }, { namespace: 'istio-system' })],
      ['others: wide'],
    ],
    [
      'one that is kept in the service’s namespace only there',
      [rule('own', { exportTo: ['.'] })],
      ['others: ', 'ai: own'],
    ],
    [
      'one that is exported to two namespaces only there, not even at home',
      [rule('own', { exportTo: ['shop', 'lab'] })],
      ['others: ', 'shop lab: own'],
    ],
    [
      'none of a third namespace',
      [rule('third', { exportTo: ['*'] }, { namespace: 'third' })],
      ['others: ', 'third: third'],
    ],
    ['none for nobody', [rule('none', { exportTo: ['~'] })], ['others: ']],
    [
      'two with the same exportTo as one',
      [rule('a'), rule('b', {}, newer)],
      ['others: a b'],
    ],
    [
      'two with different exportTo apart, each its audience',
      [rule('a', { exportTo: ['shop'] }), rule('b', { exportTo: ['lab'] })],
      ['others: ', 'shop: a', 'lab: b'],
    ],
    [
      'of one for all and a newer one that is private the newer one at home',
      [rule('a'), rule('b', { exportTo: ['.'] }, newer)],
      ['others: a', 'ai: b'],
    ],
    [
      'where one is exported further than an older one, both merged where the older one is',
      [
        rule('a', { exportTo: ['shop'] }),
        rule('b', { exportTo: ['shop', 'lab'] }, newer),
      ],
      ['others: ', 'shop lab: b'],
    ],
    [
      'in the root namespace only what is private there before the service’s',
      [
        rule('own'),
        rule('wide', { host: '*' }, { namespace: 'istio-system' }),
        rule(
          'private',
          { host: '*', exportTo: ['.'] },
          { namespace: 'istio-system' },
        ),
      ],
      ['others: own', 'istio-system: private'],
    ],
    [
      'what the mesh exports where it says so: nothing',
      [
        rule('own'),
        `---
apiVersion: v1
kind: ConfigMap
metadata: { namespace: istio-system, name: istio }
data: { mesh: "defaultDestinationRuleExportTo: ['.']" }
`,
      ],
      ['others: ', 'ai: own'],
    ],
  ])('%s', (_, manifests, expected) => {
    expect(views(...manifests)).toEqual(expected);
  });

  it('looks for a host outside where its ServiceEntry is that the caller sees', () => {
    const entry = (namespace: string, exportTo: string[], metadata = {}) =>
      `---\n${JSON.stringify({
        apiVersion: 'networking.istio.io/v1',
        kind: 'ServiceEntry',
        metadata: { namespace, name: 'provider', ...metadata },
        spec: { hosts: ['api.example.com'], exportTo },
      })}\n`;
    const found = destinationRulesFor(
      meshOf(
        [
          entry('shop', ['shop', 'lab']),
          entry('ai', ['*'], newer),
          destinationRule('ai', { host: 'api.example.com' }),
          destinationRule(
            'shop',
            { host: 'api.example.com' },
            { namespace: 'shop' },
          ),
        ].join(''),
      ),
      'api.example.com',
    );
    expect(
      found.views.map(({ callers, rules }) => [
        callers,
        rules.map(({ metadata }) => metadata.name),
      ]),
    ).toEqual([
      ['others', ['ai']],
      [['shop', 'lab'], ['shop']],
    ]);
  });

  it('keeps those for selected workloads apart', () => {
    const found = destinationRulesFor(
      meshOf(
        rule('own') +
          rule('some', { workloadSelector: { matchLabels: { app: 'a' } } }),
      ),
      HOST,
    );
    expect(found.views).toHaveLength(1);
    expect(found.selective.map(({ metadata }) => metadata.name)).toEqual([
      'some',
    ]);
  });
});

describe('a subset that a route sends to', () => {
  function destination(
    manifests: string[],
    { exportTo, gateways }: { exportTo?: string[]; gateways?: string[] } = {},
  ) {
    const { rules } = resolveRoutes(
      meshOf(
        virtualService('chat', {
          hosts: ['chat'],
          exportTo,
          gateways,
          http: [{ route: [{ destination: { host: 'chat', subset: 'v1' } }] }],
        }) + manifests.join(''),
      ),
      { namespace: 'ai', name: 'chat' },
    );
    return rules[0].destinations[0];
  }

  it.each<[string, string[], object, string | undefined]>([
    ['is defined for all', [rule('own', subsets('v1'))], {}, undefined],
    [
      'is defined only for callers that are not the route’s',
      [rule('own', { exportTo: ['shop'], ...subsets('v1') })],
      { exportTo: ['.'] },
      `The subset v1 is not defined by a DestinationRule for ${HOST} that its callers see; DestinationRule ai/own defines it for others.`,
    ],
    [
      'is defined in a third namespace alone',
      [rule('third', subsets('v1'), { namespace: 'third' })],
      {},
      `The subset v1 is not defined by a DestinationRule for ${HOST} that callers outside third see.`,
    ],
    [
      'is defined at home alone, for callers from everywhere',
      [rule('own', { exportTo: ['.'], ...subsets('v1') })],
      {},
      `The subset v1 is not defined by a DestinationRule for ${HOST} that callers outside ai see.`,
    ],
    [
      'is defined at home alone, for callers there',
      [rule('own', { exportTo: ['.'], ...subsets('v1') })],
      { exportTo: ['.'] },
      undefined,
    ],
    [
      'is not defined by what callers of a namespace have instead',
      [
        rule('own', subsets('v1')),
        rule('theirs', subsets('v2'), { namespace: 'shop' }),
      ],
      {},
      `The subset v1 is not defined by a DestinationRule for ${HOST} that callers in shop see.`,
    ],
    [
      'is defined somewhere, and only gateways take the route',
      [rule('own', { exportTo: ['.'], ...subsets('v1') })],
      { gateways: ['edge'] },
      undefined,
    ],
    [
      'is defined only for selected callers',
      [
        rule('some', {
          workloadSelector: { matchLabels: { app: 'a' } },
          ...subsets('v1'),
        }),
      ],
      {},
      `The subset v1 is not defined by a DestinationRule for ${HOST} that its callers see; DestinationRule ai/some defines it for others.`,
    ],
  ])('%s', (_, manifests, route, problem) => {
    expect(destination(manifests, route).problem).toBe(problem);
  });
});
