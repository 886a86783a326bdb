import { applyPatch, type Operation } from 'fast-json-patch';
import type { ConfigObject } from '../../kubernetes/kinds';
import { describePatch } from './describePatch';
import { editSplit, originalOf } from './editSplit';
import type { SplitTarget } from './SplitContext';
import type { SplitSelector } from './findRule';
import { readSplit } from './readSplit';

const host = 'chat.ai-services.svc.cluster.local';
const selector: SplitSelector = {
  stable: { host, subset: 'v1' },
  canary: { host, subset: 'v2' },
  clusterDomain: 'cluster.local',
};

function virtualService(...http: object[]): ConfigObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'chat', namespace: 'ai-services', resourceVersion: '7' },
    spec: { hosts: ['chat'], http },
  };
}

const to = (subset: string, weight?: number) => ({
  destination: { host: 'chat', subset },
  ...(weight !== undefined && { weight }),
});

/** Edits a route step by step, as a run does. */
function run(object: ConfigObject, ...targets: SplitTarget[]) {
  const original = originalOf(object, selector);
  return targets.reduce(
    (state, target) => {
      const edit = editSplit(
        state.object,
        { id: 'c1', selector, original, headerRule: state.edit?.headerRule },
        target,
      );
      return { edit, object: patched(state.object, edit.patch) };
    },
    { object } as {
      object: ConfigObject;
      edit?: ReturnType<typeof editSplit>;
    },
  );
}

function patched(object: ConfigObject, patch: unknown[]): ConfigObject {
  return applyPatch(structuredClone(object), patch as Operation[], true)
    .newDocument;
}

describe('editSplit on a VirtualService', () => {
  it('adds the canary where the route has only the stable version', () => {
    const { object, edit } = run(
      virtualService({ route: [to('v1')], timeout: '60s' }),
      { kind: 'running', percent: 5 },
    );
    expect(edit?.patch).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'add', path: '/spec/http/0/route/0/weight', value: 95 },
      { op: 'add', path: '/spec/http/0/route/-', value: to('v2', 5) },
      {
        op: 'add',
        path: '/metadata/annotations',
        value: { 'ai-mesh.io/canary': 'c1' },
      },
    ]);
    expect(object.spec?.http).toEqual([
      { route: [to('v1', 95), to('v2', 5)], timeout: '60s' },
    ]);
  });

  it('takes the share from the stable version alone', () => {
    const { edit } = run(
      virtualService({ route: [to('v1', 70), to('v2', 10), to('v3', 20)] }),
      { kind: 'running', percent: 25 },
    );
    expect(
      edit?.weights.destinations.map(({ role, weight }) => [role, weight]),
    ).toEqual([
      ['stable', 55],
      ['canary', 25],
      ['other', 20],
    ]);
  });

  it('gives the canary no more than both versions hold together', () => {
    const { edit } = run(
      virtualService({ route: [to('v1', 70), to('v2', 10), to('v3', 20)] }),
      { kind: 'running', percent: 100 },
    );
    expect(edit?.weights.destinations.map(({ weight }) => weight)).toEqual([
      0, 80, 20,
    ]);
  });

  it('reads relative weights, and writes percent where nobody else takes part', () => {
    const { edit } = run(
      virtualService({ route: [to('v1', 9), to('v2', 1)] }),
      {
        kind: 'running',
        percent: 15,
      },
    );
    expect(edit?.weights.destinations.map(({ weight }) => weight)).toEqual([
      85, 15,
    ]);
  });

  it('keeps a third destination to its share where weights are not percent', () => {
    const { edit } = run(
      virtualService({ route: [to('v1', 160), to('v3', 40)] }),
      { kind: 'running', percent: 25 },
    );
    expect(edit?.weights.destinations.map(({ weight }) => weight)).toEqual([
      110, 40, 50,
    ]);
  });

  it('refuses a share that the third destination leaves no whole number for', () => {
    expect(() =>
      run(virtualService({ route: [to('v1', 9), to('v3', 1)] }), {
        kind: 'running',
        percent: 5,
      }),
    ).toThrow(
      'The weights of http[0] add up to 10, and 1 of it belongs to other destinations: 5% is no whole number. Multiply every weight by 10 first; the traffic stays the same.',
    );
  });

  it('ends with nothing but the weights', () => {
    const { object } = run(
      virtualService({ route: [to('v1', 90), to('v2', 10)] }),
      { kind: 'running', percent: 100 },
      { kind: 'finished' },
    );
    expect(object.metadata).not.toHaveProperty('annotations');
    expect(object.spec?.http).toEqual([
      { route: [to('v1', 0), to('v2', 100)] },
    ]);
  });

  it('changes nothing where nothing is to be changed', () => {
    const object = virtualService({ route: [to('v1', 90), to('v2', 10)] });
    const { object: running } = run(object, { kind: 'running', percent: 20 });
    const { edit } = run(running, { kind: 'running', percent: 20 });
    expect(edit?.patch).toEqual([]);
  });

  it('keeps the annotation of another canary on the same object', () => {
    const object = virtualService({ route: [to('v1', 90), to('v2', 10)] });
    object.metadata.annotations = { 'ai-mesh.io/canary': 'other' };
    const { object: running } = run(object, { kind: 'running', percent: 20 });
    expect(running.metadata.annotations).toEqual({
      'ai-mesh.io/canary': 'other,c1',
    });
    const { object: restored } = run(
      object,
      { kind: 'running', percent: 20 },
      { kind: 'original' },
    );
    expect(restored).toEqual(object);
  });
});

describe('the header phase', () => {
  const header = {
    headers: [
      { name: 'X-User-Tier', value: 'vip' },
      { name: 'x-testing', value: 'true' },
    ],
  };

  it('adds a rule above the route and leaves its weights alone', () => {
    const { object, edit } = run(
      virtualService(
        { match: [{ uri: { exact: '/health' } }], route: [to('v1')] },
        { route: [to('v1')], timeout: '60s', fault: { unknownField: 1 } },
      ),
      { kind: 'running', percent: 0, header },
    );
    expect(edit?.weights.headerRule).toBe(true);
    expect(object.spec?.http).toEqual([
      { match: [{ uri: { exact: '/health' } }], route: [to('v1')] },
      {
        name: 'ai-mesh-canary-c1',
        match: [
          { headers: { 'x-user-tier': { exact: 'vip' } } },
          { headers: { 'x-testing': { exact: 'true' } } },
        ],
        route: [to('v2')],
        timeout: '60s',
        fault: { unknownField: 1 },
      },
      { route: [to('v1')], timeout: '60s', fault: { unknownField: 1 } },
    ]);
  });

  it('takes one of several values, a prefix or an expression', () => {
    const { edit } = run(virtualService({ route: [to('v1')] }), {
      kind: 'running',
      percent: 0,
      header: {
        headers: [
          { name: 'x-tier', values: ['gold', 'vip'] },
          { name: 'x-user', prefix: 'test.' },
          { name: 'x-region', regex: 'eu-(west|north)' },
        ],
      },
    });
    expect(edit?.headerRule?.match).toEqual([
      { headers: { 'x-tier': { exact: 'gold' } } },
      { headers: { 'x-tier': { exact: 'vip' } } },
      { headers: { 'x-user': { prefix: 'test.' } } },
      { headers: { 'x-region': { regex: 'eu-(west|north)' } } },
    ]);
  });

  it('keeps the conditions that the route has', () => {
    const named = { ...selector, rule: 'chat' };
    const object = virtualService({
      name: 'chat',
      match: [{ uri: { prefix: '/api' }, headers: { a: { exact: 'b' } } }],
      route: [to('v1')],
    });
    const edit = editSplit(
      object,
      { id: 'c1', selector: named, original: originalOf(object, named) },
      {
        kind: 'running',
        percent: 0,
        header: { headers: header.headers.slice(0, 1) },
      },
    );
    expect(edit.headerRule?.match).toEqual([
      {
        uri: { prefix: '/api' },
        headers: { a: { exact: 'b' }, 'x-user-tier': { exact: 'vip' } },
      },
    ]);
  });

  it('removes exactly its own rule with the first weight', () => {
    const before = virtualService({ route: [to('v1')] });
    const { object } = run(
      before,
      { kind: 'running', percent: 0, header },
      { kind: 'running', percent: 5 },
    );
    expect(object.spec?.http).toEqual([{ route: [to('v1', 95), to('v2', 5)] }]);
  });

  it('tells when somebody has changed its rule', () => {
    const { object, edit } = run(virtualService({ route: [to('v1')] }), {
      kind: 'running',
      percent: 0,
      header,
    });
    const read = (changed: ConfigObject) =>
      readSplit(changed, selector, edit?.headerRule).headerRule;
    expect(read(object)).toBe('as-written');
    expect(
      read(
        patched(object, [
          { op: 'add', path: '/spec/http/0/timeout', value: '1s' },
        ]),
      ),
    ).toBe('changed');
    expect(
      read(patched(object, [{ op: 'remove', path: '/spec/http/0' }])),
    ).toBe('absent');
  });
});

describe('editSplit on a Gateway API route', () => {
  const service = (name: string, port = 8080, weight?: number) => ({
    name,
    port,
    ...(weight !== undefined && { weight }),
  });
  const gateway: SplitSelector = {
    stable: { host: 'chat-v1.ai-services.svc.cluster.local' },
    canary: { host: 'chat-v2.ai-services.svc.cluster.local' },
    clusterDomain: 'cluster.local',
  };
  const route = (kind: string, ...rules: object[]): ConfigObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { name: 'chat', namespace: 'ai-services', resourceVersion: '7' },
    spec: { parentRefs: [{ kind: 'Service', name: 'chat' }], rules },
  });

  it.each(['HTTPRoute', 'GRPCRoute'])('moves weights of an %s', kind => {
    const object = route(kind, { backendRefs: [service('chat-v1')] });
    const edit = editSplit(
      object,
      { id: 'c1', selector: gateway, original: originalOf(object, gateway) },
      { kind: 'running', percent: 5 },
    );
    expect(edit.patch.slice(1, 3)).toEqual([
      { op: 'add', path: '/spec/rules/0/backendRefs/0/weight', value: 95 },
      {
        op: 'add',
        path: '/spec/rules/0/backendRefs/-',
        value: service('chat-v2', 8080, 5),
      },
    ]);
  });

  it.each(['HTTPRoute', 'GRPCRoute'])(
    'asks for prefixes and expressions by the regular expressions that a %s has, and goes again',
    kind => {
      const object = route(kind, {
        backendRefs: [service('chat-v1', 80, 1)],
      });
      const context = {
        id: 'c1',
        selector: gateway,
        original: originalOf(object, gateway),
      };
      const { patch, headerRule } = editSplit(object, context, {
        kind: 'running',
        percent: 0,
        header: {
          headers: [
            { name: 'x-tier', values: ['gold', 'vip'] },
            { name: 'x-user', prefix: 'test.' },
            { name: 'x-region', regex: 'eu-(west|north)' },
          ],
        },
      });
      const headersOf = (rule: Record<string, unknown>) =>
        (rule.matches as { headers: object[] }[]).map(({ headers }) => headers);
      expect(headersOf(headerRule!)).toEqual([
        [{ type: 'Exact', name: 'x-tier', value: 'gold' }],
        [{ type: 'Exact', name: 'x-tier', value: 'vip' }],
        [{ type: 'RegularExpression', name: 'x-user', value: 'test\\..*' }],
        [
          {
            type: 'RegularExpression',
            name: 'x-region',
            value: 'eu-(west|north)',
          },
        ],
      ]);
      const running = patched(object, patch);
      const back = editSplit(
        running,
        { ...context, headerRule },
        { kind: 'original' },
      );
      expect(patched(running, back.patch).spec).toEqual(object.spec);
    },
  );

  it('knows its header rule again with the defaults that the API server adds', () => {
    const object = route('HTTPRoute', {
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [
        { group: '', kind: 'Service', ...service('chat-v1', 80, 1) },
      ],
    });
    const edit = editSplit(
      object,
      { id: 'c1', selector: gateway, original: originalOf(object, gateway) },
      {
        kind: 'running',
        percent: 0,
        header: { headers: [{ name: 'x-testing', value: 'true' }] },
      },
    );
    expect(edit.headerRule).toEqual({
      matches: [
        {
          path: { type: 'PathPrefix', value: '/' },
          headers: [{ type: 'Exact', name: 'x-testing', value: 'true' }],
        },
      ],
      backendRefs: [
        { group: '', kind: 'Service', name: 'chat-v2', port: 80, weight: 1 },
      ],
    });
    const stored = patched(object, edit.patch);
    expect(readSplit(stored, gateway, edit.headerRule).headerRule).toBe(
      'as-written',
    );
  });

  it.each([
    [
      'got a timeout',
      { op: 'add', path: '/spec/rules/0/timeouts', value: { request: '1s' } },
    ],
    [
      'sends elsewhere',
      { op: 'replace', path: '/spec/rules/0/backendRefs/0/name', value: 'x' },
    ],
    [
      'matches another value',
      {
        op: 'replace',
        path: '/spec/rules/0/matches/0/headers/0/value',
        value: 'no',
      },
    ],
  ])(
    'knows its header rule again where it %s, and a roll-back removes it',
    (_, change) => {
      const object = route('HTTPRoute', {
        backendRefs: [service('chat-v1', 80, 1)],
      });
      const context = {
        id: 'c1',
        selector: gateway,
        original: originalOf(object, gateway),
      };
      const { patch, headerRule } = editSplit(object, context, {
        kind: 'running',
        percent: 0,
        header: { headers: [{ name: 'x-testing', value: 'true' }] },
      });
      const changed = patched(patched(object, patch), [change]);
      expect(readSplit(changed, gateway, headerRule).headerRule).toBe(
        'changed',
      );
      const back = editSplit(
        changed,
        { ...context, headerRule },
        { kind: 'original' },
      );
      expect(patched(changed, back.patch).spec).toEqual(object.spec);
    },
  );

  describe.each([
    'inference.networking.k8s.io',
    'inference.networking.x-k8s.io',
  ])('that leads to InferencePools of %s', group => {
    const pool = (name: string, weight?: number, more = {}) => ({
      group,
      kind: 'InferencePool',
      name,
      ...more,
      ...(weight !== undefined && { weight }),
    });
    const pools: SplitSelector = {
      stable: { host: 'InferencePool:llm-v1.ai-services' },
      canary: { host: 'InferencePool:llm-v2.ai-services' },
      clusterDomain: 'cluster.local',
    };
    const context = (object: ConfigObject, versions = pools) => ({
      id: 'c1',
      selector: versions,
      original: originalOf(object, versions),
    });

    it.each<[string, object[], object[]]>([
      [
        'moves their weights',
        [pool('llm-v1', 90), pool('llm-v2', 10)],
        [pool('llm-v1', 50), pool('llm-v2', 50)],
      ],
      [
        'adds the canary as the stable one is written',
        [pool('llm-v1')],
        [pool('llm-v1', 50), pool('llm-v2', 50)],
      ],
      [
        'names the namespace where the stable one does',
        [pool('llm-v1', 1, { namespace: 'ai-services' })],
        [
          pool('llm-v1', 50, { namespace: 'ai-services' }),
          pool('llm-v2', 50, { namespace: 'ai-services' }),
        ],
      ],
      [
        'leaves Services of their names alone',
        [pool('llm-v1', 100), pool('llm-v2', 0), service('llm-v2', 80, 0)],
        [pool('llm-v1', 50), pool('llm-v2', 50), service('llm-v2', 80, 0)],
      ],
    ])('%s, and goes again to the byte', (_, before, after) => {
      const object = route('HTTPRoute', { backendRefs: before });
      const running = patched(
        object,
        editSplit(object, context(object), { kind: 'running', percent: 50 })
          .patch,
      );
      expect(running.spec?.rules).toEqual([{ backendRefs: after }]);
      const back = editSplit(running, context(object), { kind: 'original' });
      expect(JSON.stringify(patched(running, back.patch))).toBe(
        JSON.stringify(object),
      );
    });

    it('does not take a Service of the name for the pool', () => {
      const object = route('HTTPRoute', { backendRefs: [service('llm-v1')] });
      expect(() => originalOf(object, pools)).toThrow(
        'No rule of HTTPRoute ai-services/chat sends to InferencePool ai-services/llm-v1',
      );
    });

    it('does not add a Service beside a pool, of whose port nothing is known', () => {
      const object = route('HTTPRoute', { backendRefs: [pool('llm-v1')] });
      const mixed = { ...pools, canary: gateway.canary };
      expect(() =>
        editSplit(object, context(object, mixed), {
          kind: 'running',
          percent: 50,
        }),
      ).toThrow('add it yourself, with a weight of 0');
    });
  });

  it('takes no InferencePool of another group for one', () => {
    const object = route('HTTPRoute', {
      backendRefs: [{ group: 'x.io', kind: 'InferencePool', name: 'llm-v1' }],
    });
    expect(() =>
      originalOf(object, {
        ...gateway,
        stable: { host: 'InferencePool:llm-v1.ai-services' },
      }),
    ).toThrow('No rule of HTTPRoute ai-services/chat sends to');
  });

  it('refuses a host that is no Service', () => {
    const object = route('HTTPRoute', { backendRefs: [service('chat-v1')] });
    const outside = { ...gateway, canary: { host: 'api.openai.com' } };
    expect(() =>
      editSplit(
        object,
        { id: 'c1', selector: outside, original: originalOf(object, outside) },
        { kind: 'running', percent: 5 },
      ),
    ).toThrow('api.openai.com is not a Service of the cluster');
  });
});

describe('describePatch', () => {
  it('shows each place before and after', () => {
    const object = virtualService({ route: [to('v1', 100)] });
    const { edit } = run(object, { kind: 'running', percent: 5 });
    expect(describePatch(object, edit?.patch ?? [])).toEqual([
      { path: 'spec.http[0].route[0].weight', before: 100, after: 95 },
      { path: 'spec.http[0].route[1]', after: to('v2', 5) },
      {
        path: 'metadata.annotations',
        after: { 'ai-mesh.io/canary': 'c1' },
      },
    ]);
  });
});
