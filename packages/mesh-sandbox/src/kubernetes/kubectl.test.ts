import { execFile, spawn, spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { createInterface } from 'readline';
import { KubeObject } from '../store/KubeObject';
import { chatRoute, deployment, service } from '../testing/sampleObjects';
import { startTestApi, TestApi } from '../testing/startTestApi';
import { kubeconfig } from './kubeconfig';

jest.setTimeout(60_000);

let test: TestApi;
let folder: string;

interface Outcome {
  code: number | string;
  stdout: string;
  stderr: string;
}

function environment(editor = 'false') {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    KUBECONFIG: join(folder, 'kubeconfig'),
    KUBECACHEDIR: join(folder, 'cache'),
    KUBE_EDITOR: editor,
  };
}

/** Runs kubectl in the test's process: the API is in it too, so it must not block. */
function kubectl(args: readonly string[], editor?: string): Promise<Outcome> {
  return new Promise(resolve => {
    execFile(
      'kubectl',
      ['-n', 'ai-services', ...args],
      { env: environment(editor), timeout: 30_000 },
      (error, stdout, stderr) =>
        resolve({ code: error ? (error.code ?? 'killed') : 0, stdout, stderr }),
    );
  });
}

/** An editor that replaces text in the file that it is given. */
function editorThat(script: string): string {
  const file = join(folder, 'editor.sh');
  writeFileSync(file, `#!/bin/sh\n${script} "$1"\n`, { mode: 0o755 });
  return file;
}

function manifest(object: object): string {
  const file = join(folder, 'manifest.json');
  writeFileSync(file, JSON.stringify(object));
  return file;
}

function route() {
  return test.store.get<KubeObject & typeof chatRoute>(
    'networking.istio.io',
    'VirtualService',
    chatRoute.metadata,
  )!;
}

// Skipped by name where there is no kubectl.
const isInstalled =
  spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status ===
  0;
const describeWithKubectl = isInstalled ? describe : describe.skip;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mesh-sandbox-'));
  test = await startTestApi([
    chatRoute,
    service('ai-chat-service'),
    deployment('ai-chat-service', 2),
  ]);
  writeFileSync(
    join(folder, 'kubeconfig'),
    kubeconfig(test.url, test.access.tokens.writer),
  );
});

afterEach(async () => {
  await test.stop();
  rmSync(folder, { recursive: true });
});

describeWithKubectl('kubectl', () => {
  it.each([
    [['get', 'pods'], /2\/2 +Running/],
    [['get', 'vs,dr,svc,deploy', '-A'], /\["ai-chat-service"\]/],
    [
      ['get', 'pods', '-l', 'app in (ai-chat-service)', '--chunk-size=1'],
      /2\/2/,
    ],
    [
      ['get', 'pods', '--field-selector', 'status.phase=Running', '-o', 'name'],
      /^pod\//,
    ],
    [['get', 'gateways.gateway.networking.k8s.io'], /^$/],
    [['describe', 'vs', 'ai-chat-service'], /Weight: +90/],
    [
      ['describe', 'svc', 'ai-chat-service'],
      /Endpoints: +10\.244\.[\d.]+:8080/,
    ],
    [['describe', 'deploy', 'ai-chat-service'], /2 available/],
    [['describe', 'pods'], /istio-proxy/],
    [['rollout', 'status', 'deploy', 'ai-chat-service'], /successfully rolled/],
    [['api-resources'], /virtualservices +vs +networking\.istio\.io\/v1/],
    [['explain', 'vs'], /KIND: +VirtualService/],
  ])('%j', async (args, output) => {
    const { code, stdout, stderr } = await kubectl(args);
    expect([code, stderr.replace(/^No resources.*\n/, '')]).toEqual([0, '']);
    expect(stdout).toMatch(output);
  });

  it('edits a weight', async () => {
    const edited = await kubectl(
      ['edit', 'vs', 'ai-chat-service'],
      editorThat(
        "sed -i -e 's/weight: 90/weight: 75/' -e 's/weight: 10$/weight: 25/'",
      ),
    );
    expect(edited.stdout).toContain('ai-chat-service edited');
    expect(route().spec.http[0].route.map(({ weight }) => weight)).toEqual([
      75, 25,
    ]);
    expect(route().metadata.annotations).toEqual(
      chatRoute.metadata.annotations,
    );
  });

  it('is told what is wrong with an edit', async () => {
    const { code, stderr } = await kubectl([
      'patch',
      'vs',
      'ai-chat-service',
      '--type=merge',
      '-p',
      '{"spec":{"http":[{"route":[{"weight":"x"}]}]}}',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      '* spec.http[0].route[0].destination: Required value',
    );
  });

  it('watches', async () => {
    const watch = spawn(
      'kubectl',
      [
        '-n',
        'ai-services',
        'get',
        'vs',
        '-w',
        '-o',
        'jsonpath={.spec.hosts}{"\\n"}',
      ],
      { env: environment() },
    );
    const lines = createInterface({ input: watch.stdout });
    const seen: string[] = [];
    for await (const line of lines) {
      seen.push(line);
      if (seen.length === 1) {
        test.store.update<KubeObject & typeof chatRoute>(
          'networking.istio.io',
          'VirtualService',
          chatRoute.metadata,
          draft => {
            draft.spec.hosts = ['changed'];
          },
        );
      } else {
        break;
      }
    }
    watch.kill();
    expect(seen).toEqual(['["ai-chat-service"]', '["changed"]']);
  });

  it('scales, labels, and changes nothing in a dry run', async () => {
    await kubectl(['scale', 'deploy', 'ai-chat-service', '--replicas=5']);
    expect(test.store.list('', 'Pod')).toHaveLength(5);
    await kubectl(['label', 'vs', 'ai-chat-service', 'team=chat']);
    expect(route().metadata.labels).toMatchObject({ team: 'chat' });
    const dry = await kubectl([
      'scale',
      'deploy',
      'ai-chat-service',
      '--replicas=1',
      '--dry-run=server',
    ]);
    expect(dry.stdout).toContain('server dry run');
    expect(test.store.list('', 'Pod')).toHaveLength(5);
  });

  it('takes an image back with a rollout', async () => {
    const deployed = () =>
      test.store
        .list<KubeObject & { spec: { containers: { image: string }[] } }>(
          '',
          'Pod',
        )
        .map(({ spec }) => spec.containers[0].image);
    await kubectl(['set', 'image', 'deploy/ai-chat-service', 'app=chat:2']);
    expect(deployed()).toEqual(['chat:2', 'chat:2']);
    await kubectl(['rollout', 'undo', 'deploy/ai-chat-service']);
    expect(deployed()).toEqual(['ai-chat-service:1', 'ai-chat-service:1']);
    expect(test.store.list('apps', 'ReplicaSet')).toHaveLength(2);
  });

  it('applies, on its own side and on the server', async () => {
    const map = (value: string) =>
      manifest({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data: { value },
      });
    const stored = () =>
      test.store.get<KubeObject & { data: { value: string } }>(
        '',
        'ConfigMap',
        {
          namespace: 'ai-services',
          name: 'settings',
        },
      )?.data.value;
    for (const value of ['1', '2']) {
      const { stderr } = await kubectl(['apply', '-f', map(value)]);
      expect([stderr, stored()]).toEqual(['', value]);
    }
    const conflict = await kubectl([
      'apply',
      '--server-side',
      '--field-manager=other',
      '-f',
      map('3'),
    ]);
    expect(conflict.stderr).toContain(
      'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .data.value',
    );
    await kubectl([
      'apply',
      '--server-side',
      '--force-conflicts',
      '-f',
      map('3'),
    ]);
    expect(stored()).toBe('3');
    await kubectl(['delete', 'cm', 'settings']);
    expect(stored()).toBeUndefined();
  });

  it('is refused what its token may not do', async () => {
    writeFileSync(
      join(folder, 'kubeconfig'),
      kubeconfig(test.url, test.access.tokens.reader),
    );
    const { stderr } = await kubectl(['delete', 'vs', 'ai-chat-service']);
    expect(stderr).toContain(
      'Error from server (Forbidden): virtualservices.networking.istio.io "ai-chat-service" is forbidden',
    );
  });
});
