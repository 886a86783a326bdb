import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { mtlsNotes } from './mtlsNotes';
import { peerLevels } from './peerLevels';
import { serverMtls } from './serverMtls';

const chat = {
  name: { kind: 'Deployment', namespace: 'ai', name: 'chat-v1' },
  labels: { app: 'chat', version: 'v1' },
};

function policy(
  namespace: string,
  name: string,
  spec: string,
  created = '2026-01-01T00:00:00Z',
): string {
  return `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { namespace: ${namespace}, name: ${name}, creationTimestamp: '${created}' }
${spec === '' ? '' : `spec: ${spec}`}
---`;
}

function read(
  yaml: string,
  { proxy = 'sidecar' as 'sidecar' | 'ambient' | 'none', port = 8080 } = {},
) {
  const snapshot = snapshotFromYaml(yaml);
  const levels = peerLevels(snapshot, chat);
  const { mode, level, decidedBy } = serverMtls(snapshot, proxy, levels, port);
  return {
    mode,
    level,
    by: decidedBy && `${decidedBy.object.name} ${decidedBy.path}`,
    notes: mtlsNotes(snapshot, proxy, levels, [8080, 9090]).map(
      ({ kind }) => kind,
    ),
  };
}

const mesh = policy('istio-system', 'mesh', '{ mtls: { mode: STRICT } }');
const namespace = policy('ai', 'wide', '{ mtls: { mode: PERMISSIVE } }');
const workload = policy(
  'ai',
  'chat',
  '{ selector: { matchLabels: { app: chat } }, mtls: { mode: STRICT }, portLevelMtls: { 9090: { mode: DISABLE }, 8080: { mode: UNSET } } }',
);

describe('what a workload accepts on a port', () => {
  it.each<[string, string, object]>([
    ['nothing is said', '', { mode: 'PERMISSIVE', level: 'default' }],
    [
      'only the mesh has a policy',
      mesh,
      { mode: 'STRICT', level: 'mesh', by: 'mesh spec.mtls.mode' },
    ],
    [
      'the namespace says otherwise than the mesh',
      mesh + namespace,
      { mode: 'PERMISSIVE', level: 'namespace', by: 'wide spec.mtls.mode' },
    ],
    [
      'the workload says otherwise than its namespace',
      mesh + namespace + workload,
      { mode: 'STRICT', level: 'workload', by: 'chat spec.mtls.mode' },
    ],
    [
      'the namespace leaves it unset',
      mesh + policy('ai', 'wide', '{ mtls: { mode: UNSET } }'),
      { mode: 'STRICT', level: 'mesh' },
    ],
    [
      'a policy has no spec at all',
      mesh + policy('ai', 'wide', ''),
      { mode: 'STRICT', level: 'mesh' },
    ],
    [
      'an empty selector is as none',
      policy('ai', 'wide', '{ selector: {}, mtls: { mode: STRICT } }'),
      { mode: 'STRICT', level: 'namespace' },
    ],
    [
      'a policy selects other workloads',
      policy(
        'ai',
        'other',
        '{ selector: { matchLabels: { app: chat, version: v2 } }, mtls: { mode: STRICT } }',
      ),
      { mode: 'PERMISSIVE', level: 'default' },
    ],
  ])('%s', (_, yaml, expected) => {
    expect(read(yaml)).toMatchObject(expected);
  });

  it('lets a port differ from its workload', () => {
    expect(read(mesh + workload, { port: 9090 })).toMatchObject({
      mode: 'DISABLE',
      level: 'port',
      by: 'chat spec.portLevelMtls.9090.mode',
    });
  });

  it('cannot terminate anything without a proxy', () => {
    expect(read(mesh, { proxy: 'none' })).toMatchObject({ mode: 'NO_PROXY' });
  });

  it('takes the older of two policies at one level, and says so', () => {
    const older = policy(
      'ai',
      'z-old',
      '{ mtls: { mode: STRICT } }',
      '2025-01-01T00:00:00Z',
    );
    expect(read(namespace + older)).toMatchObject({
      mode: 'STRICT',
      by: 'z-old spec.mtls.mode',
      notes: ['several-policies'],
    });
  });

  it('takes the first by name of two policies of the same age', () => {
    const twin = policy('ai', 'a-twin', '{ mtls: { mode: STRICT } }');
    expect(read(namespace + twin)).toMatchObject({ mode: 'STRICT' });
  });

  it('does not know where the policies may not be listed', () => {
    const snapshot = snapshotFromYaml(mesh, {
      states: {
        PeerAuthentication: { status: 'forbidden', message: 'may not list' },
      },
    });
    expect(
      serverMtls(snapshot, 'sidecar', peerLevels(snapshot, chat), 8080).mode,
    ).toBe('UNKNOWN');
  });

  it('does not know where the deciding mode is no mode of Istio', () => {
    expect(
      read(mesh + policy('ai', 'wide', '{ mtls: { mode: strict } }')),
    ).toMatchObject({ mode: 'UNKNOWN', notes: ['unreadable'] });
  });
});

describe('what a person should know about the policies', () => {
  it.each<[string, string, 'sidecar' | 'ambient', string[]]>([
    [
      'ports without a selector have no effect',
      policy('ai', 'wide', '{ portLevelMtls: { 8080: { mode: DISABLE } } }'),
      'sidecar',
      ['port-without-selector'],
    ],
    [
      'a port that is not listened on',
      policy(
        'ai',
        'chat',
        '{ selector: { matchLabels: { app: chat } }, portLevelMtls: { 80: { mode: DISABLE } } }',
      ),
      'sidecar',
      ['port-not-listened-on'],
    ],
    [
      'a selector in the root namespace',
      policy(
        'istio-system',
        'chat',
        '{ selector: { matchLabels: { app: chat } }, mtls: { mode: STRICT } }',
      ),
      'sidecar',
      ['selector-in-root'],
    ],
    [
      'a port that is a name',
      policy(
        'ai',
        'chat',
        '{ selector: { matchLabels: { app: chat } }, portLevelMtls: { http: { mode: DISABLE } } }',
      ),
      'sidecar',
      ['unreadable'],
    ],
    [
      'ambient mode does not honour DISABLE',
      policy('ai', 'wide', '{ mtls: { mode: DISABLE } }'),
      'ambient',
      ['ambient-disable'],
    ],
  ])('%s', (_, yaml, proxy, notes) => {
    expect(read(yaml, { proxy }).notes).toEqual(notes);
  });

  it('ambient mode takes mutual TLS and plaintext where a policy says DISABLE', () => {
    expect(
      read(policy('ai', 'wide', '{ mtls: { mode: DISABLE } }'), {
        proxy: 'ambient',
      }),
    ).toMatchObject({ mode: 'PERMISSIVE', level: 'namespace' });
  });
});
