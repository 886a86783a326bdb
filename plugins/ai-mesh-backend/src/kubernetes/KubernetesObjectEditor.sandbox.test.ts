import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import { fieldManagersOf } from './fieldManagers';
import { KubeConfigApi } from './KubeConfigApi';
import { KubernetesObjectEditor } from './KubernetesObjectEditor';

const ref = {
  cluster: 'demo',
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  namespace: 'ai-services',
  name: 'ai-chat-service',
};

describe('KubernetesObjectEditor', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  }, 60_000);

  afterAll(() => sandbox?.stop());

  const editor = (
    options: { token?: string; allowWrites?: boolean; url?: string } = {},
  ) =>
    new KubernetesObjectEditor({
      cluster: 'demo',
      allowWrites: options.allowWrites ?? true,
      api: new KubeConfigApi({
        from: 'url',
        url: options.url ?? sandbox.kubernetes,
        serviceAccountToken: options.token ?? sandbox.tokens.writer,
        tls: { skipVerify: false },
      }),
    });

  const label = async (
    value: string,
    version?: string,
  ): Promise<JsonPatchOperation[]> => {
    const { metadata } = await editor().get(ref);
    return [
      {
        op: 'test',
        path: '/metadata/resourceVersion',
        value: version ?? metadata.resourceVersion,
      },
      { op: 'add', path: '/metadata/annotations', value: { note: value } },
    ];
  };

  it('changes an object, and gives it back as it is then', async () => {
    const before = await editor().get(ref);
    const after = await editor().patch(ref, await label('a'));
    expect(after.metadata.annotations).toEqual({ note: 'a' });
    expect(after.metadata.resourceVersion).not.toBe(
      before.metadata.resourceVersion,
    );
    expect(after.metadata).not.toHaveProperty('managedFields');
  });

  it('tries without changing anything', async () => {
    const tried = await editor().patch(ref, await label('tried'), {
      dryRun: true,
    });
    expect(tried.metadata.annotations).toEqual({ note: 'tried' });
    expect((await editor().get(ref)).metadata.annotations).not.toEqual({
      note: 'tried',
    });
  });

  it('tells a change by somebody else from a refusal', async () => {
    await expect(
      editor().patch(ref, await label('b', '1')),
    ).rejects.toMatchObject({
      failure: 'conflict',
      message:
        'VirtualService ai-services/ai-chat-service has been changed by somebody else.',
    });
    const [test] = await label('c');
    await expect(
      editor().patch(ref, [
        test,
        { op: 'replace', path: '/spec/http/0/route/0/weight', value: 'half' },
      ]),
    ).rejects.toMatchObject({ failure: 'refused' });
  });

  it('names what the account lacks', async () => {
    await expect(
      editor({ token: sandbox.tokens.reader }).patch(ref, await label('d')),
    ).rejects.toMatchObject({
      failure: 'forbidden',
      message: expect.stringContaining(
        "give its account a Role with the verb 'patch' on the resource 'virtualservices' of the API group 'networking.istio.io'",
      ),
    });
    await expect(editor({ token: 'stolen' }).get(ref)).rejects.toMatchObject({
      failure: 'forbidden',
      message: expect.stringContaining('it may have been revoked'),
    });
  });

  it('gives its fields up, so that whoever applied them before meets no conflict', async () => {
    const owned = { ...ref, name: 'applied' };
    const path =
      '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/applied';
    const apply = (stable: number) =>
      fetch(`${sandbox.kubernetes}${path}?fieldManager=kustomize-controller`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${sandbox.tokens.writer}`,
          'content-type': 'application/apply-patch+yaml',
        },
        body: JSON.stringify({
          apiVersion: ref.apiVersion,
          kind: ref.kind,
          metadata: { name: 'applied', namespace: 'ai-services' },
          spec: {
            hosts: ['applied'],
            http: [
              {
                route: [
                  { destination: { host: 'a' }, weight: stable },
                  { destination: { host: 'b' }, weight: 100 - stable },
                ],
              },
            ],
          },
        }),
      });
    const managers = async () => fieldManagersOf(await editor().get(owned));
    const applier = { manager: 'kustomize-controller', operation: 'Apply' };
    expect((await apply(90)).ok).toBe(true);
    expect(await managers()).toEqual([applier]);
    await editor().patch(owned, [
      { op: 'replace', path: '/spec/http/0/route/0/weight', value: 50 },
      { op: 'replace', path: '/spec/http/0/route/1/weight', value: 50 },
    ]);
    expect(await managers()).toEqual([
      applier,
      { manager: 'ai-mesh', operation: 'Update' },
    ]);
    const conflict = await apply(90);
    expect(conflict.status).toBe(409);
    expect(await conflict.text()).toContain('conflict with \\"ai-mesh\\"');

    await editor().giveUpFields(owned);
    expect(await managers()).toEqual([applier]);
    const { spec } = await editor().get(owned);
    expect(JSON.stringify(spec)).toContain('"weight":50');
    expect((await apply(80)).status).toBe(200);

    // There is nothing left to give up, and what somebody else owns stays theirs.
    await editor().giveUpFields(owned);
    expect((await apply(70)).status).toBe(200);
  });

  it('asks the cluster whether it may', async () => {
    await expect(editor().mayPatch(ref)).resolves.toMatchObject({
      allowed: true,
    });
    await expect(
      editor({ token: sandbox.tokens.reader }).mayPatch(ref),
    ).resolves.toEqual({
      allowed: false,
      message:
        "The portal may not patch virtualservices.networking.istio.io ai-services/ai-chat-service on the cluster 'demo'. Give its account the rights of docs/canary-rbac.yaml.",
      words: [
        {
          key: 'patch.mayNot',
          params: {
            object:
              'virtualservices.networking.istio.io ai-services/ai-chat-service',
            cluster: 'demo',
          },
        },
      ],
    });
  });

  it('sends nothing where the configuration forbids writing', async () => {
    const readOnly = editor({ allowWrites: false });
    await expect(readOnly.patch(ref, await label('e'))).rejects.toMatchObject({
      failure: 'refused',
      message: expect.stringContaining('set allowWrites to true'),
    });
    await expect(readOnly.mayPatch(ref)).resolves.toMatchObject({
      allowed: false,
    });
    expect((await readOnly.get(ref)).metadata.annotations).not.toEqual({
      note: 'e',
    });
  });

  it('says that an object is gone, and that a cluster is away', async () => {
    await expect(editor().get({ ...ref, name: 'none' })).rejects.toMatchObject({
      failure: 'not-found',
      message:
        "There is no virtualservices.networking.istio.io ai-services/none on the cluster 'demo'.",
    });
    await expect(
      editor({ url: 'http://127.0.0.1:9' }).get(ref),
    ).rejects.toMatchObject({ failure: 'unreachable' });
  });
});
