import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import { applyPatch, type Operation } from 'fast-json-patch';
import type { ConfigObject } from '../../kubernetes/kinds';
import { whyNoAffinity } from './editAffinity';
import { editSplit, originalOf, removeMarks } from './editSplit';
import { findRule, type SplitSelector } from './findRule';
import type { JsonRecord } from './json';
import { readSplit } from './readSplit';
import type { SplitContext, SplitTarget } from './SplitContext';

const affinity = { cookie: 'canary', maxAgeSeconds: 600, secure: true };
const SET_COOKIE =
  'canary=c1; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure';
const REGEX = '(?:.*;[ \\t]*)?canary=c1(?:[ \\t]*;.*)?';

const clusterDomain = 'cluster.local';
const host = (name: string) => `${name}.ai.svc.${clusterDomain}`;

interface Kind {
  object(rule: JsonRecord, ...others: JsonRecord[]): ConfigObject;
  to(version: string, more?: JsonRecord): JsonRecord;
  selector: SplitSelector;
  rules: string;
  destinations: string;
  /** The destination's part that holds the cookie. */
  cookie: JsonRecord;
  /** A destination that gives its answers a header already. */
  header: JsonRecord;
  headerAndCookie: JsonRecord;
}

const meta = { name: 'chat', namespace: 'ai', resourceVersion: '7' };

const virtualService: Kind = {
  object: (...http) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { ...meta },
    spec: { hosts: ['chat'], http },
  }),
  to: (subset, more) => ({ destination: { host: 'chat', subset }, ...more }),
  selector: {
    stable: { host: host('chat'), subset: 'v1' },
    canary: { host: host('chat'), subset: 'v2' },
    clusterDomain,
  },
  rules: 'http',
  destinations: 'route',
  cookie: { headers: { response: { add: { 'Set-Cookie': SET_COOKIE } } } },
  header: {
    headers: { request: { set: { a: 'b' } }, response: { add: { c: 'd' } } },
  },
  headerAndCookie: {
    headers: {
      request: { set: { a: 'b' } },
      response: { add: { c: 'd', 'Set-Cookie': SET_COOKIE } },
    },
  },
};

const modifier = (responseHeaderModifier: JsonRecord) => ({
  type: 'ResponseHeaderModifier',
  responseHeaderModifier,
});

const httpRoute: Kind = {
  object: (...rules) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { ...meta },
    spec: { rules },
  }),
  to: (version, more) => ({
    group: '',
    kind: 'Service',
    name: `chat-${version}`,
    port: 8080,
    weight: 1,
    ...more,
  }),
  selector: {
    stable: { host: host('chat-v1') },
    canary: { host: host('chat-v2') },
    clusterDomain,
  },
  rules: 'rules',
  destinations: 'backendRefs',
  cookie: {
    filters: [modifier({ add: [{ name: 'Set-Cookie', value: SET_COOKIE }] })],
  },
  header: {
    filters: [
      { type: 'URLRewrite', urlRewrite: { hostname: 'a' } },
      modifier({ set: [{ name: 'c', value: 'd' }] }),
    ],
  },
  headerAndCookie: {
    filters: [
      { type: 'URLRewrite', urlRewrite: { hostname: 'a' } },
      modifier({
        set: [{ name: 'c', value: 'd' }],
        add: [{ name: 'Set-Cookie', value: SET_COOKIE }],
      }),
    ],
  },
};

/** A canary on a route, written step by step as a run does. */
function runOn(kind: Kind, before: ConfigObject) {
  const { selector } = kind;
  const context: SplitContext = {
    id: 'c1',
    selector,
    original: originalOf(before, selector),
  };
  let object = before;
  const write = (patch: unknown[]) => {
    object = applyPatch(
      structuredClone(object),
      patch as Operation[],
      true,
    ).newDocument;
  };
  return {
    context,
    step(target: SplitTarget) {
      const edit = editSplit(object, context, target);
      write(edit.patch);
      context.headerRule = edit.headerRule;
      context.affinity = edit.affinity;
      return edit;
    },
    /** What somebody else writes. */
    edit: (change: (object: ConfigObject) => void) => {
      object = structuredClone(object);
      change(object);
    },
    write,
    read: () => object,
    rules: () => object.spec?.[kind.rules] as JsonRecord[],
    canary: (rule: number) =>
      (
        (object.spec?.[kind.rules] as JsonRecord[])[rule][
          kind.destinations
        ] as JsonRecord[]
      ).at(-1) as JsonRecord,
    state: () =>
      readSplit(object, selector, context.headerRule, context.affinity)
        .affinity,
  };
}

const share = (percent: number): SplitTarget => ({
  kind: 'running',
  percent,
  affinity,
});

describe.each([
  ['a VirtualService', virtualService],
  ['an HTTPRoute', httpRoute],
])('affinity on %s', (_, kind) => {
  const { to, destinations } = kind;
  const text = (object: ConfigObject) => JSON.stringify(object);
  const alone = () =>
    kind.object({ [destinations]: [to('v1')], timeout: '60s' });
  const split = (more?: JsonRecord) =>
    kind.object({
      [destinations]: [
        to('v1', { weight: 100 }),
        to('v2', { weight: 0, ...more }),
      ],
    });

  it('leads who has the cookie to the canary, above its rule, and gives the cookie with its answers', () => {
    const run = runOn(kind, alone());
    const edit = run.step(share(5));
    expect(edit.weights).toMatchObject({ affinity: true, headerRule: false });
    const [rule, weighted] = run.rules();
    expect(run.rules()).toHaveLength(2);
    expect(rule).toMatchObject({ timeout: '60s' });
    expect(rule[destinations]).toEqual([
      kind === httpRoute ? to('v2', { weight: 1 }) : to('v2'),
    ]);
    expect(JSON.stringify(rule)).toContain(JSON.stringify(REGEX));
    expect(JSON.stringify(rule)).not.toContain('Set-Cookie');
    expect(weighted[destinations]).toEqual([
      to('v1', { weight: 95 }),
      to('v2', { weight: 5, ...kind.cookie }),
    ]);
    expect(run.state()).toBe('as-written');
  });

  it('keeps both with every step, and rewrites neither', () => {
    const run = runOn(kind, alone());
    run.step(share(5));
    const [before] = run.rules();
    const { patch } = run.step(share(50));
    expect(patch.map(({ path }) => path.split('/').at(-1))).toEqual([
      'resourceVersion',
      'weight',
      'weight',
    ]);
    expect(run.rules()[0]).toEqual(before);
    expect(run.canary(1)).toMatchObject(kind.cookie);
  });

  it.each([
    ['that had no canary', alone],
    ['that had one', split],
    ['whose canary has headers of its own', () => split(kind.header)],
    [
      'whose canary has the fields around it, empty',
      () =>
        split(
          kind === virtualService
            ? { headers: { response: { add: {} } } }
            : { filters: [modifier({ add: [] })] },
        ),
    ],
    [
      'whose canary has some of the fields around it, empty',
      () =>
        split(
          kind === virtualService
            ? { headers: {} }
            : { filters: [modifier({})] },
        ),
    ],
  ])('restores a route %s to the byte', (__, before) => {
    const run = runOn(kind, before());
    run.step(share(5));
    expect(run.state()).toBe('as-written');
    run.step(share(60));
    run.step({ kind: 'original' });
    expect(text(run.read())).toBe(text(before()));
  });

  it('stands beside other headers of the answers', () => {
    const run = runOn(kind, split(kind.header));
    run.step(share(5));
    expect(run.canary(1)).toMatchObject(kind.headerAndCookie);
  });

  it('is gone once the canary is promoted', () => {
    const run = runOn(kind, alone());
    run.step(share(100));
    const { weights } = run.step({ kind: 'finished' });
    expect(weights.affinity).toBeUndefined();
    expect(run.rules()).toEqual([
      {
        [destinations]: [to('v1', { weight: 0 }), to('v2', { weight: 100 })],
        timeout: '60s',
      },
    ]);
    expect(run.read().metadata).toEqual(meta);
  });

  it('takes the place of a header phase', () => {
    const run = runOn(kind, split());
    run.step({
      kind: 'running',
      percent: 0,
      header: { headers: [{ name: 'x-user', value: 'test' }] },
    });
    expect(run.state()).toBe('absent');
    run.step(share(5));
    expect(run.rules()).toHaveLength(2);
    expect(JSON.stringify(run.rules()[0])).toContain('canary=c1');
    run.step({ kind: 'original' });
    expect(text(run.read())).toBe(text(split()));
  });

  it('is not taken for the header phase’s rule, wherever that was moved to', () => {
    const other = {
      [destinations]: [to('v1')],
      [kind === httpRoute ? 'matches' : 'match']:
        kind === httpRoute
          ? [{ path: { type: 'PathPrefix', value: '/a' } }]
          : [{ uri: { prefix: '/a' } }],
    };
    const before = () =>
      kind.object({ [destinations]: [to('v1', { weight: 1 })] }, other);
    const run = runOn(kind, before());
    run.step({
      kind: 'running',
      percent: 0,
      header: { headers: [{ name: 'x-user', value: 'test' }] },
    });
    run.edit(object => {
      const rules = object.spec?.[kind.rules] as JsonRecord[];
      rules.push(rules.shift()!);
    });
    run.step(share(5));
    expect(run.rules()).toHaveLength(3);
    expect(JSON.stringify(run.rules()[0])).toContain('canary=c1');
    expect(run.state()).toBe('as-written');
  });

  it('keeps what others add while it stands', () => {
    const run = runOn(kind, alone());
    run.step(share(5));
    run.edit(object => {
      const rules = object.spec?.[kind.rules] as JsonRecord[];
      rules.unshift({
        name: 'above',
        [destinations]: [to('v3')],
        ...(kind === httpRoute
          ? { matches: [{ path: { type: 'Exact', value: '/x' } }] }
          : { match: [{ uri: { exact: '/x' } }] }),
      });
      const canary = (rules[2][destinations] as JsonRecord[])[1];
      if (kind === virtualService) {
        (canary as any).headers.response.add.other = 'x';
        (canary as any).headers.request = { set: { a: 'b' } };
      } else {
        (canary as any).filters[0].responseHeaderModifier.add.push({
          name: 'other',
          value: 'x',
        });
        (canary as any).filters.push({ type: 'RequestMirror' });
      }
    });
    expect(run.state()).toBe('as-written');
    run.step({ kind: 'finished' });
    expect(run.rules()).toHaveLength(2);
    expect(JSON.stringify(run.read())).not.toMatch(/cookie|canary=/i);
    const canary = (run.rules()[1][destinations] as JsonRecord[])[1];
    expect(canary).toEqual(
      to('v2', {
        weight: 5,
        ...(kind === virtualService
          ? {
              headers: {
                response: { add: { other: 'x' } },
                request: { set: { a: 'b' } },
              },
            }
          : {
              filters: [
                modifier({ add: [{ name: 'other', value: 'x' }] }),
                { type: 'RequestMirror' },
              ],
            }),
      }),
    );
  });

  const withoutRule = (object: ConfigObject) => {
    (object.spec?.[kind.rules] as JsonRecord[]).shift();
  };
  const withoutCookie = (object: ConfigObject) => {
    const rules = object.spec?.[kind.rules] as JsonRecord[];
    const canary = (rules.at(-1)![destinations] as JsonRecord[])[1];
    delete canary[kind === virtualService ? 'headers' : 'filters'];
  };
  const replaced = (from: string, into: string) => (object: ConfigObject) => {
    const changed = JSON.parse(
      JSON.stringify(object).replace(from, into),
    ) as ConfigObject;
    Object.assign(object, changed);
  };

  it.each<[string, (object: ConfigObject) => void, string]>([
    ['without its rule', withoutRule, 'changed'],
    ['without its cookie', withoutCookie, 'changed'],
    ['with another age', replaced('Max-Age=600', 'Max-Age=1'), 'changed'],
    [
      'with a cookie of somebody else’s',
      replaced('canary=c1; Path', 'theirs=1; Path'),
      'changed',
    ],
    [
      'with a rule that does something else besides',
      object => {
        (object.spec?.[kind.rules] as JsonRecord[])[0].timeout = '1s';
      },
      'changed',
    ],
    [
      'without either',
      object => {
        withoutCookie(object);
        withoutRule(object);
      },
      'absent',
    ],
  ])('is known to be %s', (__, change, state) => {
    const run = runOn(kind, alone());
    run.step(share(5));
    run.edit(change);
    expect(run.state()).toBe(state);
  });

  it('is written again where a person asks for it', () => {
    const run = runOn(kind, alone());
    run.step(share(5));
    const before = text(run.read());
    for (const change of [
      withoutRule,
      withoutCookie,
      replaced('Max-Age=600', 'Max-Age=1'),
    ]) {
      run.edit(change);
      run.step(share(5));
      expect(JSON.parse(text(run.read()))).toEqual(JSON.parse(before));
    }
  });

  it('leaves a cookie of somebody else’s where it is', () => {
    const run = runOn(kind, alone());
    run.step(share(5));
    run.edit(replaced('canary=c1; Path', 'theirs=1; Path'));
    expect(() => run.step(share(15))).toThrow(/Set-Cookie already/);
    run.step({ kind: 'finished' });
    expect(text(run.read())).toContain('theirs=1; Path');
  });

  it('leaves nothing behind where the canary’s rule is no longer what it was', () => {
    const run = runOn(kind, alone());
    run.step(share(5));
    run.edit(object => {
      const rules = object.spec?.[kind.rules] as JsonRecord[];
      rules[1][destinations] = (rules[1][destinations] as JsonRecord[]).slice(
        1,
      );
    });
    run.write(removeMarks(run.read(), run.context));
    expect(text(run.read())).not.toMatch(/cookie|canary/i);
    expect(run.rules()).toHaveLength(1);
  });

  it('of another canary in the same route is left alone', () => {
    const run = runOn(kind, alone());
    run.step(share(5));
    const theirs = { ...run.rules()[0] };
    run.edit(object => {
      const rules = object.spec?.[kind.rules] as JsonRecord[];
      rules[0] = JSON.parse(
        JSON.stringify(theirs).replaceAll('c1', 'c9'),
      ) as JsonRecord;
    });
    expect(run.state()).toBe('changed');
    run.step({ kind: 'original' });
    expect(run.rules()).toHaveLength(2);
    expect(JSON.stringify(run.rules()[0])).toContain('canary=c9');
  });

  it.each<[string, JsonRecord, JsonRecord, RegExp]>([
    [
      'a rule that matches by cookie itself',
      kind === virtualService
        ? { name: 'r', match: [{ headers: { Cookie: { prefix: 'a' } } }] }
        : {
            name: 'r',
            matches: [{ headers: [{ name: 'Cookie', value: 'a' }] }],
          },
      {},
      /matches by the header cookie itself/,
    ],
    [
      'a rule that sets cookies',
      kind === virtualService
        ? { headers: { response: { set: { 'set-cookie': 'a=b' } } } }
        : {
            filters: [
              modifier({ set: [{ name: 'set-cookie', value: 'a=b' }] }),
            ],
          },
      {},
      /sets or removes Set-Cookie/,
    ],
    [
      'a rule that removes cookies',
      kind === virtualService
        ? { headers: { response: { remove: ['Set-Cookie'] } } }
        : { filters: [modifier({ remove: ['Set-Cookie'] })] },
      {},
      /sets or removes Set-Cookie/,
    ],
    [
      'a canary that sets a cookie already',
      {},
      kind === virtualService
        ? { headers: { response: { add: { 'set-cookie': 'a=b' } } } }
        : {
            filters: [
              modifier({ add: [{ name: 'set-cookie', value: 'a=b' }] }),
            ],
          },
      /gives its answers a Set-Cookie already/,
    ],
  ])('cannot be had on %s', (__, rule, more, why) => {
    const object = kind.object({
      ...rule,
      [destinations]: [
        to('v1', { weight: 100 }),
        to('v2', { weight: 0, ...more }),
      ],
    });
    const selector = { ...kind.selector, rule: rule.name as string };
    const words = whyNoAffinity(
      object.kind,
      affinity,
      findRule(object, selector),
    );
    expect(inEnglish([words!])).toMatch(why);
  });
});

it('cannot be had on a GRPCRoute, which browsers do not call', () => {
  const object = {
    ...httpRoute.object({ backendRefs: [httpRoute.to('v1')] }),
    kind: 'GRPCRoute',
  };
  const run = runOn(httpRoute, object);
  expect(() => run.step(share(5))).toThrow(
    'Nobody can be kept with a version by a cookie on a GRPCRoute: browsers do not call gRPC',
  );
});
