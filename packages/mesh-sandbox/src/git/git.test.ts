import { execFile } from 'child_process';
import { mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { RunningSandbox, startSandbox } from '../testing/startSandbox';

const run = promisify(execFile);

let sandbox: RunningSandbox;
let folder: string;
const git = () => sandbox.git!;
const api = (path: string, token: string, init: RequestInit = {}) =>
  fetch(`${git().apiBaseUrl}/repos/shop/deployments${path}`, {
    ...init,
    headers: {
      authorization: `token ${token}`,
      'content-type': 'application/json',
    },
  });
const inClone = (clone: string, ...args: string[]) =>
  run('git', [
    '-C',
    clone,
    '-c',
    'user.name=O',
    '-c',
    'user.email=o@x',
    ...args,
  ]);

beforeAll(async () => {
  sandbox = await startSandbox(['--git']);
  folder = await mkdtemp(join(tmpdir(), 'sandbox-git-test-'));
});

afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function cloned(name: string, token = git().tokens.writer) {
  const clone = join(folder, name);
  const { url, repository } = git();
  await run('git', [
    'clone',
    '--quiet',
    `${url.replace('//', `//x:${token}@`)}/${repository}.git`,
    clone,
  ]);
  return clone;
}

/** The chat service's VirtualService: read, or annotated as somebody does by hand. */
async function route(annotations?: Record<string, string>): Promise<any> {
  const answer = await fetch(
    `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
    {
      method: annotations ? 'PATCH' : 'GET',
      headers: {
        authorization: `Bearer ${sandbox.tokens.writer}`,
        'content-type': 'application/merge-patch+json',
      },
      ...(annotations && {
        body: JSON.stringify({ metadata: { annotations } }),
      }),
    },
  );
  return await answer.json();
}

/** A branch on which the chat service's attempts are others, pushed by Git itself; `more`: a further manifest. */
async function pushed(branch: string, attempts: number, more?: string) {
  const clone = await cloned(branch);
  if (more) {
    await writeFile(join(clone, 'shop/a-further-one.yaml'), more);
    await inClone(clone, 'add', '.');
  }
  const file = join(clone, 'shop/ai-chat-service.yaml');
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/attempts: \d+/);
  await writeFile(file, text.replace(/attempts: \d+/, `attempts: ${attempts}`));
  await inClone(clone, 'commit', '--quiet', '-am', 'Try another number');
  await inClone(clone, 'push', '--quiet', 'origin', `HEAD:${branch}`);
  const answer = await api('/pulls', git().tokens.writer, {
    method: 'POST',
    body: JSON.stringify({ title: branch, head: branch, base: 'main' }),
  });
  return (await answer.json()) as { number: number; html_url: string };
}

const merge = (number: number) =>
  api(`/pulls/${number}/merge`, git().tokens.writer, { method: 'PUT' });
const attemptsOf = async () =>
  (await route()).spec.http.map((rule: any) => rule.retries?.attempts);

it('deploys what is merged, keeps what only the cluster has, and refuses a branch that conflicts', async () => {
  const before = await attemptsOf();
  const mended = await pushed('mended', 7);
  const late = await pushed('late', 8);
  await route({ kept: 'yes' });
  expect(await attemptsOf()).toEqual(before);
  expect((await merge(mended.number)).status).toBe(200);
  expect(await attemptsOf()).toContain(7);
  expect((await route()).metadata.annotations).toMatchObject({
    kept: 'yes',
    'ai-mesh.io/source': git().source,
  });
  expect(
    await (await api(`/pulls/${mended.number}`, git().tokens.reader)).json(),
  ).toMatchObject({ state: 'closed', merged: true });

  const conflict = await merge(late.number);
  expect(conflict.status).toBe(405);
  expect(await conflict.json()).toEqual({
    message: 'Pull Request is not mergeable: late conflicts with main',
  });
  const page = await (await fetch(late.html_url)).text();
  expect(page).toMatch(/attempts: 8/);
  expect(
    (await fetch(`${late.html_url}/close`, { method: 'POST' })).status,
  ).toBe(200);
  expect(
    await (await api(`/pulls/${late.number}`, git().tokens.reader)).json(),
  ).toMatchObject({ state: 'closed', merged: false });
});

it('deploys the rest beside and after a manifest that the cluster does not take', async () => {
  const rule = `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: rules, namespace: ai-services }
`;
  for (const [branch, attempts, more] of [
    ['with-rule', 5, rule],
    ['after-rule', 6, undefined],
  ] as const) {
    const { number } = await pushed(branch, attempts, more);
    expect((await merge(number)).status).toBe(200);
    expect(await attemptsOf()).toContain(attempts);
  }
});

it('lets nobody push to the branch that is deployed, and a reader push nowhere', async () => {
  const clone = await cloned('direct');
  await writeFile(join(clone, 'shop/more.yaml'), '# more\n');
  await inClone(clone, 'add', '.');
  await inClone(clone, 'commit', '--quiet', '-m', 'More');
  await expect(inClone(clone, 'push', 'origin', 'HEAD:main')).rejects.toThrow(
    /protected branch/,
  );
  const read = await cloned('read', git().tokens.reader);
  await inClone(read, 'commit', '--quiet', '--allow-empty', '-m', 'Mine');
  await expect(inClone(read, 'push', 'origin', 'HEAD:mine')).rejects.toThrow(
    /403/,
  );
  const refused = await api('/git/blobs', git().tokens.reader, {
    method: 'POST',
    body: JSON.stringify({ content: 'x' }),
  });
  expect(refused.status).toBe(403);
  expect((await api('', 'nobody')).status).toBe(401);
});

it('takes from the writer what an administrator takes, and gives it back', async () => {
  const blob = async () =>
    (
      await api('/git/blobs', git().tokens.writer, {
        method: 'POST',
        body: JSON.stringify({ content: 'x' }),
      })
    ).status;
  const give = async (permission: string, token = git().tokens.admin) =>
    (
      await api('/collaborators/writer', token, {
        method: 'PUT',
        body: JSON.stringify({ permission }),
      })
    ).status;
  expect(await give('pull', git().tokens.writer)).toBe(403);
  expect(await blob()).toBe(201);
  expect(await give('pull')).toBe(204);
  expect(await blob()).toBe(403);
  expect(await give('push')).toBe(204);
  expect(await blob()).toBe(201);
});

it('protects the branches of a ruleset, whichever way one is made, as long as there is the ruleset', async () => {
  const ruleset = (path: string, method: string, body?: object) =>
    api(`/rulesets${path}`, git().tokens.admin, {
      method,
      body: body && JSON.stringify(body),
    });
  const [{ sha }] = await (await api('/commits', git().tokens.reader)).json();
  const made = await ruleset('', 'POST', {
    name: 'Released',
    target: 'branch',
    enforcement: 'active',
    conditions: {
      ref_name: { include: ['refs/heads/release-*'], exclude: [] },
    },
    rules: [{ type: 'creation' }, { type: 'update' }],
  });
  expect(made.status).toBe(201);
  const branch = (name: string) =>
    api('/git/refs', git().tokens.writer, {
      method: 'POST',
      body: JSON.stringify({ ref: `refs/heads/${name}`, sha }),
    });
  const refused = await branch('release-1');
  expect([refused.status, (await refused.json()).message]).toEqual([
    422,
    expect.stringContaining('creations being restricted'),
  ]);
  const clone = await cloned('released');
  await expect(
    inClone(clone, 'push', 'origin', 'HEAD:release-1'),
  ).rejects.toThrow(/protected branch/);
  expect((await branch('other')).status).toBe(201);
  const { id } = await made.json();
  expect((await ruleset(`/${id}`, 'DELETE')).status).toBe(204);
  expect((await ruleset(`/${id}`, 'DELETE')).status).toBe(404);
  expect((await branch('release-1')).status).toBe(201);
});

it.each([
  ['/git/trees', { tree: [{ path: '../x', mode: '100644', content: '' }] }],
  [
    '/git/trees',
    { tree: [{ path: '.git/../x', mode: '100644', content: '' }] },
  ],
  ['/git/refs', { ref: 'refs/heads/..', sha: '0'.repeat(40) }],
  ['/git/refs', { ref: 'refs/heads/main', sha: '0'.repeat(40) }],
  ['/pulls', { title: 'x', head: '--upload-pack=x', base: 'main' }],
])('refuses %s %j', async (path, body) => {
  const answer = await api(path, git().tokens.writer, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(422);
});

it("presses no button for another site's page", async () => {
  const answer = await fetch(`${git().url}/shop/deployments/pull/1/merge`, {
    method: 'POST',
    headers: { origin: 'https://example.com' },
  });
  expect(answer.status).toBe(403);
});
