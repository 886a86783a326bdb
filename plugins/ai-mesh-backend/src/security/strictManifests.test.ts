import { known } from '@ai-mesh/plugin-ai-mesh-common';
import {
  objectsFromYaml,
  snapshotFromYaml,
  snapshotOfObjects,
} from '../kubernetes/__testUtils__/snapshotFromYaml';
import { assess, caller, peer, watched } from './__testUtils__/assessChat';
import { chatMesh } from './__testUtils__/chatMesh';

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
