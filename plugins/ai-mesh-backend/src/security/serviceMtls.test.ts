import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { assess, caller, peer, rule } from './__testUtils__/assessChat';
import { chatMesh } from './__testUtils__/chatMesh';

const batch = known([caller('gateway', 0, 100), caller('batch', 20, 0)]);

describe('what mutual TLS comes to for a service', () => {
  it('is strict where every port is', () => {
    expect(assess(peer('default', '{ mtls: { mode: STRICT } }'))).toMatchObject(
      { status: 'strict', readiness: { status: 'strict' } },
    );
  });

  it('is a conflict where STRICT refuses a caller that was seen in plaintext', () => {
    const { status, message, readiness } = assess(
      peer('default', '{ mtls: { mode: STRICT } }'),
      { observed: batch },
    );
    expect(status).toBe('conflict');
    expect(message).toBe(
      'One caller was seen in plaintext over the last 7 d, which every port refuses now: ai/batch (no proxy).',
    );
    expect(readiness.status).toBe('strict');
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

  it('counts the callers in plaintext that its rows leave out', () => {
    const { readiness } = assess('', {
      observed: known(
        Array.from({ length: 60 }, (_, n) => caller(`old-${n}`, 20, 0)),
      ),
    });
    expect(readiness).toMatchObject({ status: 'blocked', moreBy: 10 });
    expect('by' in readiness && readiness.by).toHaveLength(50);
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

describe('a caller of whom nobody knows whether it is encrypted', () => {
  const untold = (reason: 'no-such-label' | 'not-exported') => ({
    id: 'ai/shop',
    namespace: 'ai',
    workload: 'shop',
    mtls: unknown(reason, 'Nobody told.'),
  });

  it('is listed with the reason, and keeps the service from being ready', () => {
    const answer = assess('', {
      observed: known([caller('gateway', 0, 100), untold('no-such-label')]),
    });
    expect(answer.callers[1]).toMatchObject({
      caller: { id: 'ai/shop' },
      observed: { status: 'unknown', reason: 'no-such-label' },
    });
    expect(answer.callers[1]).not.toHaveProperty('plaintextBecause');
    expect(answer).toMatchObject({
      status: 'unknown',
      observedShare: { status: 'unknown', reason: 'no-such-label' },
      readiness: { status: 'unknown', reason: 'no-such-label' },
    });
  });

  it('is listed and has no part in what arrived where only its own side reported it', () => {
    const answer = assess('', {
      observed: known([caller('gateway', 0, 100), untold('not-exported')]),
    });
    expect(answer.callers).toHaveLength(2);
    expect(answer).toMatchObject({
      status: 'ready',
      observedShare: { value: 1 },
    });
  });

  it('is all that is known where nobody else calls', () => {
    expect(
      assess('', { observed: known([untold('not-exported')]) }),
    ).toMatchObject({
      status: 'unknown',
      observedShare: { status: 'unknown', reason: 'not-exported' },
      readiness: { status: 'unknown' },
    });
  });
});
