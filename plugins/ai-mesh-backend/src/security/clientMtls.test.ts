import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { clientMtls, type ClientMtlsQuestion } from './clientMtls';

const host = 'chat.ai.svc.cluster.local';

function rule(
  namespace: string,
  name: string,
  spec: string,
  created = '2026-01-01T00:00:00Z',
): string {
  return `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ${namespace}, name: ${name}, creationTimestamp: '${created}' }
spec: ${spec}
---`;
}

function tls(target: string, mode: string): string {
  return `{ host: "${target}", trafficPolicy: { tls: { mode: ${mode} } } }`;
}

function ask(
  yaml: string,
  question: Partial<Omit<ClientMtlsQuestion, 'caller'>> & {
    caller?: Partial<ClientMtlsQuestion['caller']>;
  } = {},
) {
  const { mode, decidedBy } = clientMtls(snapshotFromYaml(yaml), {
    host,
    port: 80,
    autoMtls: true,
    ...question,
    caller: { namespace: 'ai', proxy: 'sidecar', ...question.caller },
  });
  return decidedBy
    ? `${mode} ${decidedBy.object.name} ${decidedBy.path}`
    : mode;
}

const MODE = 'spec.trafficPolicy.tls.mode';

describe('what a caller sends', () => {
  it.each<[string, string, string]>([
    ['nothing is said', '', 'AUTO'],
    [
      'a rule says it',
      rule('ai', 'dr', tls('chat', 'DISABLE')),
      `DISABLE dr ${MODE}`,
    ],
    [
      'the name itself goes before a wildcard',
      rule('ai', 'wide', tls('*.ai.svc.cluster.local', 'DISABLE')) +
        rule('ai', 'dr', tls(host, 'ISTIO_MUTUAL')),
      `ISTIO_MUTUAL dr ${MODE}`,
    ],
    [
      'the longer wildcard goes before the shorter',
      rule('ai', 'all', tls('*.local', 'DISABLE')) +
        rule('ai', 'wide', tls('*.ai.svc.cluster.local', 'SIMPLE')),
      `SIMPLE wide ${MODE}`,
    ],
    [
      "the caller's namespace goes before the root namespace",
      rule('istio-system', 'mesh', tls('*.local', 'ISTIO_MUTUAL')) +
        rule('ai', 'wide', tls('*.local', 'DISABLE')),
      `DISABLE wide ${MODE}`,
    ],
    [
      'the root namespace is the last to be asked',
      rule('istio-system', 'mesh', tls('*.local', 'DISABLE')),
      `DISABLE mesh ${MODE}`,
    ],
    [
      "a short name means the Service of the rule's own namespace",
      rule('other', 'dr', tls('chat', 'DISABLE')),
      'AUTO',
    ],
    [
      "a rule in neither the caller's, the service's nor the root namespace",
      rule('other', 'dr', tls(host, 'DISABLE')),
      'AUTO',
    ],
    [
      'a rule without a tls block',
      rule('ai', 'dr', '{ host: chat, trafficPolicy: {} }'),
      'AUTO',
    ],
    [
      'a tls block without a mode is DISABLE',
      rule('ai', 'dr', '{ host: chat, trafficPolicy: { tls: {} } }'),
      'DISABLE dr spec.trafficPolicy.tls',
    ],
    [
      'an unreadable mode',
      rule('ai', 'dr', tls('chat', 'istio_mutual')),
      `UNKNOWN dr ${MODE}`,
    ],
    [
      'merged rules: the first policy counts',
      rule('ai', 'b', tls('chat', 'DISABLE'), '2026-01-02T00:00:00Z') +
        rule('ai', 'c', tls('chat', 'SIMPLE'), '2026-01-03T00:00:00Z') +
        rule('ai', 'a', '{ host: chat }'),
      `DISABLE b ${MODE}`,
    ],
  ])('%s', (_, yaml, expected) => {
    expect(ask(yaml)).toBe(expected);
  });

  const ports = rule(
    'ai',
    'dr',
    `{ host: chat, trafficPolicy: { tls: { mode: SIMPLE }, portLevelSettings: [
      { port: { number: 80 }, tls: { mode: DISABLE } },
      { port: { number: 81 }, loadBalancer: { simple: RANDOM } } ] } }`,
  );

  it.each<[number, string]>([
    [80, 'DISABLE dr spec.trafficPolicy.portLevelSettings[0].tls.mode'],
    // A port with settings of its own inherits nothing.
    [81, 'AUTO'],
    [82, `SIMPLE dr ${MODE}`],
  ])('differs by port: %d', (port, expected) => {
    expect(ask(ports, { port })).toBe(expected);
  });

  const subsets = rule(
    'ai',
    'dr',
    `{ host: chat, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }, subsets: [
      { name: v1, trafficPolicy: { tls: { mode: DISABLE } } },
      { name: v2, trafficPolicy: { portLevelSettings: [ { port: { number: 80 }, tls: { mode: SIMPLE } } ] } },
      { name: v3 },
      { name: v5, trafficPolicy: { portLevelSettings: [ { port: { number: 80 } } ] } } ] }`,
  );

  it.each<[string, string]>([
    ['v1', 'DISABLE dr spec.subsets[0].trafficPolicy.tls.mode'],
    [
      'v2',
      'SIMPLE dr spec.subsets[1].trafficPolicy.portLevelSettings[0].tls.mode',
    ],
    ['v3', `ISTIO_MUTUAL dr ${MODE}`],
    ['v4', `ISTIO_MUTUAL dr ${MODE}`],
    // A subset's port with settings of its own does not even inherit the rule's.
    ['v5', 'AUTO'],
  ])('differs by subset: %s', (subset, expected) => {
    expect(ask(subsets, { subset })).toBe(expected);
  });

  it.each<[string, string, string]>([
    ["['.']", 'ai', `DISABLE dr ${MODE}`],
    ["['.']", 'shop', 'AUTO'],
    ["['*']", 'shop', `DISABLE dr ${MODE}`],
    ["['shop']", 'shop', `DISABLE dr ${MODE}`],
    ["['shop']", 'till', 'AUTO'],
    ["['~']", 'ai', 'AUTO'],
  ])('is exported to %s, seen from %s', (exportTo, namespace, expected) => {
    expect(
      ask(
        rule(
          'ai',
          'dr',
          `{ host: chat, exportTo: ${exportTo}, trafficPolicy: { tls: { mode: DISABLE } } }`,
        ),
        { caller: { namespace } },
      ),
    ).toBe(expected);
  });

  it('is only for selected callers of the same namespace', () => {
    const selective =
      rule('ai', 'all', tls('chat', 'ISTIO_MUTUAL'), '2020-01-01T00:00:00Z') +
      rule(
        'ai',
        'batch',
        '{ host: chat, workloadSelector: { matchLabels: { app: batch } }, trafficPolicy: { tls: { mode: DISABLE } } }',
      );
    expect(ask(selective)).toBe(`ISTIO_MUTUAL all ${MODE}`);
    expect(ask(selective, { caller: { labels: { app: 'batch' } } })).toBe(
      `DISABLE batch ${MODE}`,
    );
    expect(
      ask(selective, {
        caller: { namespace: 'shop', labels: { app: 'batch' } },
      }),
    ).toBe(`ISTIO_MUTUAL all ${MODE}`);
  });

  it.each<['none' | 'ambient' | 'unknown' | 'mixed', string]>([
    ['none', 'PLAINTEXT'],
    // ztunnel does not read DestinationRules.
    ['ambient', 'AUTO'],
    ['unknown', `DISABLE dr ${MODE}`],
    ['mixed', `DISABLE dr ${MODE}`],
  ])('depends on its proxy: %s', (proxy, expected) => {
    expect(
      ask(rule('ai', 'dr', tls('chat', 'DISABLE')), { caller: { proxy } }),
    ).toBe(expected);
  });

  it('does not know of a caller without pods and without a rule', () => {
    expect(ask('', { caller: { proxy: 'unknown' } })).toBe('UNKNOWN');
  });

  it('sends plaintext where auto-mTLS is off and no rule says otherwise', () => {
    expect(ask('', { autoMtls: false })).toBe('PLAINTEXT');
  });

  it('does not know where the DestinationRules may not be listed', () => {
    const snapshot = snapshotFromYaml('', {
      states: { DestinationRule: { status: 'forbidden' } },
    });
    expect(
      clientMtls(snapshot, {
        caller: { namespace: 'ai', proxy: 'sidecar' },
        host,
        port: 80,
        autoMtls: true,
      }).mode,
    ).toBe('UNKNOWN');
  });
});
