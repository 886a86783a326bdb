import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import {
  objectsFromYaml,
  snapshotFromYaml,
  snapshotOfObjects,
} from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { ServiceObject } from '../kubernetes/kinds';
import { chatMesh } from './__testUtils__/chatMesh';
import { lookBack } from './LookBack';
import type { NamespacePlaintext } from './namespacePlaintext';
import type { ObservedCaller } from './observedCallers';
import { serviceMtls, type ServiceMtlsInputs } from './serviceMtls';

const now = new Date('2026-03-01T12:00:00Z');
const week = lookBack(7 * 86_400);

function caller(
  name: string | undefined,
  plaintext: number,
  encrypted: number,
  connections = 0,
): ObservedCaller {
  return {
    id: name === undefined ? 'unknown' : `ai/${name}`,
    ...(name !== undefined && { namespace: 'ai', workload: name }),
    ...(encrypted > 0 && { principal: `cluster.local/ns/ai/sa/${name}` }),
    mtls: {
      share: encrypted / (encrypted + plaintext),
      encrypted,
      plaintext,
      plaintextConnections: connections,
      plaintextPerSecond: known(plaintext > 0 ? 0.5 : 0),
      ...(plaintext > 0 && { lastPlaintextAt: '2026-03-01T11:59:00.000Z' }),
      resolutionSeconds: week.stepSeconds,
    },
  };
}

const watched: NamespacePlaintext = {
  calls: [],
  since: new Date('2026-01-01T00:00:00Z'),
};

function assess(yaml = '', inputs: Partial<ServiceMtlsInputs> = {}) {
  const snapshot = inputs.snapshot ?? snapshotFromYaml([chatMesh, yaml]);
  return serviceMtls({
    service: snapshot.get('Service', 'ai', 'chat') as ServiceObject,
    observed: known([caller('gateway', 0, 100)]),
    namespacePlaintext: known(watched),
    lookBack: week,
    now,
    autoMtls: true,
    ...inputs,
    snapshot,
  });
}

function peer(name: string, spec: string, namespace = 'ai'): string {
  return `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { namespace: ${namespace}, name: ${name}, uid: u-1, resourceVersion: '7' }
spec: ${spec}
---`;
}

function rule(spec: string, namespace = 'ai'): string {
  return `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ${namespace}, name: dr }
spec: ${spec}
---`;
}

const batch = known([caller('gateway', 0, 100), caller('batch', 20, 0)]);

describe('what mutual TLS comes to for a service', () => {
  it('is strict where every port is', () => {
    expect(assess(peer('default', '{ mtls: { mode: STRICT } }'))).toMatchObject(
      { status: 'strict', readiness: { status: 'strict' } },
    );
  });

  it('is mixed where a batch job without a proxy calls, and names it', () => {
    const { status, message, callers, readiness } = assess('', {
      observed: batch,
    });
    expect(status).toBe('mixed');
    expect(message).toBe(
      'One caller was seen in plaintext: ai/batch (no proxy).',
    );
    expect(callers[1]).toMatchObject({
      caller: { workload: 'batch' },
      proxy: 'none',
      plaintextBecause: { kind: 'no-proxy' },
    });
    expect(readiness).toMatchObject({
      status: 'blocked',
      by: [
        {
          caller: { workload: 'batch' },
          plaintextPerSecond: 0.5,
          lastPlaintextAt: '2026-03-01T11:59:00.000Z',
        },
      ],
    });
  });

  it('is ready where nobody was seen in plaintext, and still warns of the batch job', () => {
    const { status, readiness } = assess();
    expect(status).toBe('ready');
    expect(readiness).toMatchObject({
      status: 'ready',
      manifests: [
        { scope: 'namespace', wouldRefuse: [{ from: 'configuration' }] },
        { scope: 'workload', wouldRefuse: [{ from: 'configuration' }] },
      ],
    });
  });

  it.each([
    [
      'Prometheus is away',
      { observed: unknown('source-unreachable', 'no answer') },
      'no answer',
    ],
    ['nobody calls', { observed: unknown('no-traffic', 'nobody') }, 'nobody'],
    [
      'Prometheus has not watched for long enough',
      {
        namespacePlaintext: known({
          calls: [],
          since: new Date('2026-03-01T10:00:00Z'),
        }),
      },
      'Prometheus has known the namespace for 2 h only; nobody looked over the whole 7 d.',
    ],
  ])('is unknown where %s', (_, inputs, message) => {
    expect(assess('', inputs)).toMatchObject({
      status: 'unknown',
      message,
      readiness: { status: 'unknown' },
    });
  });

  it('is unknown where the policies may not be listed', () => {
    const snapshot = snapshotFromYaml(chatMesh, {
      states: { PeerAuthentication: { status: 'forbidden' } },
    });
    expect(assess('', { snapshot })).toMatchObject({
      status: 'unknown',
      readiness: { status: 'unknown' },
    });
  });

  it('is disabled where a port is', () => {
    expect(
      assess(
        peer(
          'chat',
          '{ selector: { matchLabels: { app: chat } }, mtls: { mode: STRICT }, portLevelMtls: { 15020: { mode: DISABLE } } }',
        ),
      ),
    ).toMatchObject({
      status: 'disabled',
      message: expect.stringContaining('port 15020 of chat-v1'),
    });
  });

  it('is a conflict where two settings refuse each other, whoever was seen', () => {
    const { status, conflicts } = assess(
      peer('default', '{ mtls: { mode: STRICT } }') +
        rule(
          '{ host: chat.ai.svc.cluster.local, trafficPolicy: { tls: { mode: DISABLE } } }',
          'shop',
        ),
    );
    expect(status).toBe('conflict');
    expect(conflicts[0]).toMatchObject({
      callerNamespaces: ['shop'],
      server: {
        mode: 'STRICT',
        decidedBy: { path: 'spec.mtls.mode', object: { name: 'default' } },
      },
      client: {
        mode: 'DISABLE',
        decidedBy: {
          path: 'spec.trafficPolicy.tls.mode',
          object: { namespace: 'shop', name: 'dr' },
        },
      },
    });
  });

  it('sees a conflict in one subset only on its workloads', () => {
    const { conflicts } = assess(
      peer('default', '{ mtls: { mode: STRICT } }') +
        rule(
          '{ host: chat, subsets: [{ name: two, labels: { version: v2 }, trafficPolicy: { tls: { mode: DISABLE } } }] }',
        ),
    );
    expect(
      conflicts.map(({ workload, subset }) => [workload.name, subset]),
    ).toEqual([
      ['chat-v2', 'two'],
      ['chat-v2', 'two'],
    ]);
  });
});

describe('why a caller is in plaintext', () => {
  it('a DestinationRule', () => {
    const { callers } = assess(
      rule('{ host: chat, trafficPolicy: { tls: { mode: DISABLE } } }'),
      { observed: known([caller('gateway', 10, 0)]) },
    );
    expect(callers[0].plaintextBecause).toMatchObject({
      kind: 'destination-rule',
      at: [{ path: 'spec.trafficPolicy.tls.mode' }],
    });
  });

  it('Istio cannot name it: those without a proxy nearby are suspects', () => {
    const { callers } = assess('', {
      observed: known([caller(undefined, 10, 0)]),
    });
    expect(callers[0].plaintextBecause).toMatchObject({
      kind: 'outside-the-mesh',
      suspects: [{ kind: 'Job', name: 'batch' }],
    });
  });

  it('the called side switched it off: a caller with a proxy does not block STRICT', () => {
    const { callers, readiness } = assess(
      peer('default', '{ mtls: { mode: DISABLE } }'),
      { observed: known([caller('gateway', 10, 0)]) },
    );
    expect(callers[0].plaintextBecause).toMatchObject({
      kind: 'server-disabled',
    });
    expect(readiness.status).toBe('ready');
  });

  it('the configuration does not explain it', () => {
    const { callers, readiness } = assess('', {
      observed: known([caller('gateway', 10, 90)]),
    });
    expect(callers[0].plaintextBecause).toMatchObject({ kind: 'unexplained' });
    expect(readiness.status).toBe('blocked');
  });
});

describe('the manifest that switches', () => {
  /** Applies what an answer offers and asks again. */
  function apply(yaml: string, offered: string) {
    const [manifest] = objectsFromYaml(offered);
    const present = objectsFromYaml(chatMesh + yaml).filter(
      ({ kind, metadata }) =>
        kind !== manifest.kind || metadata.name !== manifest.metadata.name,
    );
    return assess('', { snapshot: snapshotOfObjects([...present, manifest]) });
  }

  it.each([
    ['nothing is there', ''],
    [
      'the namespace is PERMISSIVE',
      peer('default', '{ mtls: { mode: PERMISSIVE } }'),
    ],
    [
      'the service has a policy of its own, with a port',
      peer(
        'own',
        '{ selector: { matchLabels: { app: chat } }, mtls: { mode: PERMISSIVE }, portLevelMtls: { 8080: { mode: PERMISSIVE } } }',
      ),
    ],
    [
      'a policy without a mode selects the service',
      peer('own', '{ selector: { matchLabels: { app: chat } } }'),
    ],
  ])('makes it strict where %s', (_, yaml) => {
    const { readiness } = assess(yaml);
    const manifests = readiness.status === 'ready' ? readiness.manifests : [];
    expect(manifests.length).toBeGreaterThan(0);
    for (const { yaml: offered } of manifests) {
      expect(offered).not.toMatch(/resourceVersion|uid/);
      expect(apply(yaml, offered).status).toBe('strict');
    }
  });

  it('edits one policy a workload where one of two has its own', () => {
    const yaml = peer(
      'two',
      '{ selector: { matchLabels: { app: chat, version: v2 } }, mtls: { mode: PERMISSIVE } }',
    );
    const { readiness } = assess(yaml);
    const manifests = readiness.status === 'ready' ? readiness.manifests : [];
    expect(
      manifests.map(({ object, creates, workloads }) => [
        object.name,
        creates,
        workloads.map(({ name }) => name),
      ]),
    ).toEqual([
      ['two', false, ['chat-v2']],
      ['chat-strict', true, ['chat-v1']],
    ]);
  });

  it('leaves a port to a caller that only opens connections', () => {
    const { readiness } = assess('', {
      observed: known([caller('gateway', 0, 9), caller('batch', 5, 0, 5)]),
    });
    expect(readiness).toMatchObject({
      status: 'blocked',
      manifests: [
        {
          scope: 'workload',
          exceptions: [{ port: 15020, mode: 'PERMISSIVE' }],
        },
      ],
    });
    const [manifest] =
      readiness.status === 'blocked' ? readiness.manifests : [];
    expect(
      apply('', manifest.yaml).workloads[0].ports.map(({ port, mode }) => [
        port,
        mode,
      ]),
    ).toEqual([
      [8080, 'STRICT'],
      [15020, 'PERMISSIVE'],
    ]);
  });

  it('for the namespace says who else would be refused there', () => {
    const { readiness } = assess('', {
      namespacePlaintext: known({
        ...watched,
        calls: [
          {
            workload: 'gateway',
            callerNamespace: 'shop',
            callerWorkload: 'web',
            lastAt: new Date('2026-02-28T00:00:00Z'),
          },
        ],
      }),
    });
    const manifests = readiness.status === 'ready' ? readiness.manifests : [];
    expect(
      manifests.map(({ scope, wouldRefuse }) => [
        scope,
        wouldRefuse
          .filter(({ from }) => from === 'observation')
          .map(({ caller: { id } }) => id),
      ]),
    ).toEqual([
      ['workload', []],
      ['namespace', ['shop/web']],
    ]);
  });

  it('is impossible without a proxy', () => {
    const bare = chatMesh.replaceAll('  - name: istio-proxy', '');
    expect(assess('', { snapshot: snapshotFromYaml(bare) })).toMatchObject({
      status: 'disabled',
      readiness: { status: 'impossible' },
    });
  });
});
