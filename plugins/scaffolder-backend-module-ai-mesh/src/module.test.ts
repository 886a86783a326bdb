import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import type { JsonObject } from '@backstage/types';
import { parseAllDocuments } from 'yaml';
import { component, Templates } from './__testUtils__/Templates';

jest.setTimeout(90_000);

const chat = 'component:default/chat';

let templates: Templates;
let workspacePath: string;

beforeAll(async () => {
  workspacePath = await mkdtemp(join(tmpdir(), 'ai-mesh-template-'));
  templates = await Templates.start([
    component('chat', { 'ai-mesh.io/service': 'ai-services/ai-chat-service' }),
    {
      ...component('claimant', {
        'ai-mesh.io/service': 'ai-services/ai-chat-service',
      }),
      relations: [],
    },
    component('nowhere', { 'ai-mesh.io/service': 'ai-services/no-service' }),
    ...[
      ['promised', './slos.yaml'],
      ['broken', './broken.yaml'],
    ].map(([name, slos]) =>
      component(name, {
        'ai-mesh.io/service': 'ai-services/ai-chat-service',
        'ai-mesh.io/slos': slos,
        'backstage.io/managed-by-location': `file:${join(workspacePath, 'catalog-info.yaml')}`,
      }),
    ),
  ]);
});

afterAll(async () => {
  await templates?.stop();
  await rm(workspacePath, { recursive: true, force: true });
});

it('adds its actions, each with examples and a dry run', () => {
  expect(templates.ids).toEqual([
    'ai-mesh:canary:request',
    'ai-mesh:canary:wait',
    'ai-mesh:review:check',
    'ai-mesh:slo:write',
    'ai-mesh:fix:follow',
    'ai-mesh:fix:pull-request',
    'ai-mesh:fix:write',
  ]);
  for (const id of templates.ids) {
    const { examples, supportsDryRun, description } = templates.action(id);
    expect(supportsDryRun).toBe(true);
    expect(description).toMatch(/\.$/);
    for (const { example } of examples!) {
      const { steps } = parseAllDocuments(example)[0].toJS();
      expect(steps).toContainEqual(
        expect.objectContaining({ action: id, input: expect.anything() }),
      );
    }
  }
});

it('leaves no default to a schema, since the scaffolder fills none in', () => {
  for (const id of templates.ids) {
    expect(JSON.stringify(templates.action(id).schema?.input)).not.toContain(
      '"default"',
    );
  }
});

describe('ai-mesh:canary:request and :wait', () => {
  const asked = { entityRef: chat, canary: 'v2', reason: 'A better model' };

  it('asks for nothing for an entity that only claims the Service', async () => {
    for (const isDryRun of [true, false]) {
      await expect(
        templates.run(
          'ai-mesh:canary:request',
          'olivia',
          { ...asked, entityRef: 'component:default/claimant' },
          { isDryRun },
        ),
      ).rejects.toThrow(/not proven/);
    }
  });

  it('says in a dry run what it would do, and asks for nothing', async () => {
    const { output, log } = await templates.run(
      'ai-mesh:canary:request',
      'olivia',
      asked,
      { isDryRun: true },
    );
    expect(output).toMatchObject({
      id: 'dry-run',
      page: '/catalog/default/component/chat/ai-mesh/canary',
      steps: expect.arrayContaining([100]),
    });
    expect(log).toContainEqual(expect.stringMatching(/^Would ask/));
    const { output: waited } = await templates.run(
      'ai-mesh:canary:wait',
      'olivia',
      { id: 'dry-run' },
      { isDryRun: true },
    );
    expect(waited).toEqual({ state: 'promoted' });
  });

  it('asks on behalf of whoever started the template, once however often it runs', async () => {
    await expect(
      templates.run('ai-mesh:canary:request', 'rita', asked),
    ).rejects.toThrow(/ai-mesh\.canary\.request/);
    const task = { task: { id: 'task-1' }, step: { id: 'canary' } };
    const first = await templates.run(
      'ai-mesh:canary:request',
      'olivia',
      asked,
      task,
    );
    const again = await templates.run(
      'ai-mesh:canary:request',
      'olivia',
      asked,
      task,
    );
    expect(first.output).toMatchObject({ state: 'requested' });
    expect(again.output.id).toBe(first.output.id);
    // Another task's is another one, and the route is taken.
    await expect(
      templates.run('ai-mesh:canary:request', 'olivia', asked, {
        task: { id: 'task-2' },
      }),
    ).rejects.toThrow(/The route is taken/);

    const id = String(first.output.id);
    await expect(
      templates.run('ai-mesh:canary:wait', 'olivia', {
        id,
        until: 'promoted',
        timeoutSeconds: 1,
        pollSeconds: 1,
      }),
    ).rejects.toThrow(/not promoted within 1 s; it goes on without this task/);

    const cancelled = new AbortController();
    const waiting = templates.run(
      'ai-mesh:canary:wait',
      'olivia',
      { id, until: 'approved', timeoutSeconds: 60, pollSeconds: 1 },
      { signal: cancelled.signal },
    );
    cancelled.abort();
    await expect(waiting).rejects.toThrow(/abort/i);

    const approved = templates.run('ai-mesh:canary:wait', 'olivia', {
      id,
      until: 'approved',
      timeoutSeconds: 60,
      pollSeconds: 1,
    });
    await templates.act('adam', id, 'approve');
    expect((await approved).output).toMatchObject({
      decidedBy: 'user:default/adam',
    });
    await templates.act('olivia', id, 'rollBack').catch(() =>
      // It had not started yet.
      templates.act('olivia', id, 'cancel'),
    );
    await expect(
      templates.run('ai-mesh:canary:wait', 'olivia', {
        id,
        until: 'promoted',
        timeoutSeconds: 60,
        pollSeconds: 1,
      }),
    ).rejects.toThrow(/The canary is (rollingBack|rolledBack|cancelled): /);
  });

  it.each([
    [{ canary: 'v9' }, /no version called v9: name one of v1, v2/],
    [{ service: 'ai-services/other' }, /no Service ai-services\/other/],
    [{ entityRef: 'component:default/nowhere' }, /no Service/],
    [{ entityRef: 'component:default/none' }, /no entity/],
    [{ plan: { stepWeight: 0 } }, /between 1 and 100/],
  ])('refuses %j with words that say what to do', async (changes, words) => {
    await expect(
      templates.run('ai-mesh:canary:request', 'olivia', {
        ...asked,
        ...changes,
      }),
    ).rejects.toThrow(words);
  });
});

describe('ai-mesh:review:check', () => {
  it('fails on findings, says which, and passes without those codes', async () => {
    const check = (changes: JsonObject) =>
      templates.run('ai-mesh:review:check', 'rita', {
        entityRef: chat,
        failOn: 'low',
        ...changes,
      });
    await expect(
      templates.run('ai-mesh:review:check', 'rita', { entityRef: chat }),
    ).rejects.toThrow(/^AIM\d{3} \(high\) /);
    const refusal = await check({}).catch(error => error.message);
    expect(refusal).toMatch(/^AIM\d{3} \((high|medium|low)\) .+ \[\w+ /);
    const codes = [...new Set<string>(refusal.match(/AIM\d{3}/g))];
    const { output, log } = await check({ ignore: codes });
    expect(output.findings).toEqual(
      expect.arrayContaining(
        codes.map(code => expect.objectContaining({ code })),
      ),
    );
    expect(log).toEqual([expect.stringMatching(/^No finding of .* is low/)]);
  });

  it('does not pass what it could not see', async () => {
    await expect(
      templates.run('ai-mesh:review:check', 'rita', {
        entityRef: 'component:default/nowhere',
      }),
    ).rejects.toThrow(/nothing was reviewed/);
    const { output } = await templates.run('ai-mesh:review:check', 'rita', {
      entityRef: 'component:default/nowhere',
      allowUnknown: true,
    });
    expect(output.findings).toEqual([]);
  });
});

describe('ai-mesh:slo:write', () => {
  it('writes a file that AI Mesh reads, and overwrites none', async () => {
    const { output } = await templates.run(
      'ai-mesh:slo:write',
      'olivia',
      { entityRef: chat },
      { workspacePath },
    );
    expect(output).toMatchObject({
      path: 'slos.yaml',
      annotation: './slos.yaml',
      objectives: [
        { name: 'answers', targetPercent: 99.5, basis: /default/ },
        { name: 'quick', thresholdSeconds: 30, basis: /default/ },
      ].map(one => ({ ...one, basis: expect.stringMatching(one.basis) })),
    });
    const text = await readFile(join(workspacePath, 'slos.yaml'), 'utf8');
    expect(text).toMatch(/^# a default: no requests could be counted\n/);

    await writeFile(
      join(workspacePath, 'broken.yaml'),
      text.replaceAll('openslo/v1', 'openslo/v9'),
    );
    expect((await templates.slos('broken')).problems).not.toEqual([]);
    expect((await templates.slos('promised')).problems).toEqual([]);

    await writeFile(join(workspacePath, 'kept.yaml'), 'kept');
    await expect(
      templates.run(
        'ai-mesh:slo:write',
        'olivia',
        { entityRef: chat, path: 'kept.yaml' },
        { workspacePath },
      ),
    ).rejects.toThrow(/There is a file kept.yaml already/);
    expect(await readFile(join(workspacePath, 'kept.yaml'), 'utf8')).toBe(
      'kept',
    );
    await expect(
      templates.run(
        'ai-mesh:slo:write',
        'olivia',
        { entityRef: chat, path: '../outside.yaml' },
        { workspacePath },
      ),
    ).rejects.toThrow(/not allowed/i);
  });
});

describe('ai-mesh:slo:write with a catalog file', () => {
  const catalogFile = `# The shop's chat.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: chat
  annotations:
    ai-mesh.io/service: ai-services/ai-chat-service # the mesh's name
spec: { type: service, lifecycle: production, owner: ai-team }
`;
  /** How it ended, and what is in the workspace then. */
  const run = async (files: Record<string, string>, input: JsonObject) => {
    const folder = await mkdtemp(join(tmpdir(), 'ai-mesh-catalog-'));
    try {
      await mkdir(join(folder, 'catalog/apps'), { recursive: true });
      for (const [name, text] of Object.entries(files)) {
        await writeFile(join(folder, 'catalog', name), text);
      }
      const [ended] = await Promise.allSettled([
        templates.run(
          'ai-mesh:slo:write',
          'rita',
          { entityRef: chat, catalog: 'catalog', ...input },
          { workspacePath: folder, task: { id: '0123456789' } },
        ),
      ]);
      const entries = await readdir(folder, {
        recursive: true,
        withFileTypes: true,
      });
      const left = entries
        .filter(entry => entry.isFile())
        .map(async ({ parentPath, name }) => {
          const path = join(parentPath, name);
          return [relative(folder, path), await readFile(path, 'utf8')];
        });
      return { ended, left: Object.fromEntries(await Promise.all(left)) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  const written = async (files: Record<string, string>, input: JsonObject) => {
    const { ended, left } = await run(files, input);
    if (ended.status === 'rejected') {
      throw ended.reason;
    }
    const { output } = ended.value;
    const alone = `${output.sourcePath}/`;
    return {
      output,
      files: Object.fromEntries(
        Object.entries(left)
          .filter(([path]) => path.startsWith(alone))
          .map(([path, text]) => [path.slice(alone.length), text]),
      ),
    };
  };

  it('names the objectives there, and gives a publish step both files and nothing else', async () => {
    const { output, files } = await written(
      {
        'apps/chat.yaml': catalogFile,
        'other.yaml': catalogFile.replaceAll('chat', 'other'),
      },
      {
        path: 'chat.slos.yaml',
        repository: 'https://git.example/acme/shop/tree/main/catalog',
      },
    );
    expect(output).toMatchObject({
      path: 'catalog/apps/chat.slos.yaml',
      annotation: './chat.slos.yaml',
      branch: 'ai-mesh-slos-01234567',
      repoUrl: 'git.example?owner=acme&repo=shop',
      targetPath: 'catalog',
      targetBranch: 'main',
      title: `Put ${chat} under SLOs`,
      description: expect.stringContaining('- answers: 99.5% of all requests'),
    });
    expect(files).toEqual({
      'apps/chat.slos.yaml': expect.stringContaining('kind: SLO'),
      'apps/chat.yaml': catalogFile.replace(
        "# the mesh's name\n",
        "# the mesh's name\n    ai-mesh.io/slos: ./chat.slos.yaml\n",
      ),
    });
  });

  it('gives an entity without annotations its first', async () => {
    const bare = catalogFile.replace(/ {2}annotations:\n.*\n/, '');
    const { files } = await written({ 'chat.yaml': bare }, {});
    expect(files['chat.yaml']).toBe(
      bare.replace(
        '  name: chat\n',
        '  name: chat\n  annotations:\n    ai-mesh.io/slos: ./slos.yaml\n',
      ),
    );
  });

  const annotated = (line: string) =>
    catalogFile.replace('annotations:\n', `annotations:\n    ${line}\n`);
  it.each<[Record<string, string>, RegExp]>([
    [{ 'other.yaml': '{}' }, /chat is in no catalog file here/],
    [
      { 'a.yaml': catalogFile, 'b.yaml': catalogFile },
      /in several catalog files, a.yaml, b.yaml/,
    ],
    [
      { 'a.yaml': annotated('ai-mesh.io/slos: ./mine.yaml') },
      /names objectives already: write into that file, \.\/mine\.yaml/,
    ],
    [
      {
        'a.yaml': annotated(
          'backstage.io/source-location: url:https://git.example/x/',
        ),
      },
      /has its sources elsewhere/,
    ],
    [
      { 'a.yaml': catalogFile, 'slos.yaml': 'kept: true\n' },
      /There is a file slos.yaml already/,
    ],
  ])('changes nothing where %j, and says why', async (files, words) => {
    const { ended, left } = await run(files, {});
    expect(ended).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringMatching(words) },
    });
    expect(left).toEqual(
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`catalog/${name}`, text]),
      ),
    );
  });
});

describe('ai-mesh:fix:pull-request', () => {
  const write = (
    input: JsonObject,
    folder: string,
    name = 'ai-mesh:fix:pull-request',
  ) =>
    templates.run(
      name,
      'rita',
      { entityRef: chat, path: '.', ...input },
      { workspacePath: folder, task: { id: '0123456789' } },
    );

  it('mends in a file what the review finds in the cluster, or changes nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ai-mesh-manifests-'));
    try {
      await expect(write({ codes: ['AIM103'] }, folder)).rejects.toThrow(
        /Nothing was changed.*\n.*VirtualService ai-services\/ai-chat-service is in none/,
      );
      const file = join(folder, 'chat.yaml');
      const manifest = `# By hand.\n${await templates.virtualService()}`;
      await writeFile(file, manifest);
      // One of the two has no manifest here, so that neither is mended.
      await expect(
        write({ codes: ['AIM103', 'AIM202'] }, folder),
      ).rejects.toThrow(/Nothing was changed/);
      expect(await readFile(file, 'utf8')).toBe(manifest);

      const { output } = await write({ codes: ['AIM103'] }, folder);
      expect(output).toMatchObject({
        files: ['chat.yaml'],
        branch: 'ai-mesh-fixes-01234567',
        title: `Mend AIM103 of ${chat}`,
        description: expect.stringContaining('### AIM103 (high): '),
      });
      const mended = await readFile(file, 'utf8');
      expect(mended).toMatch(/^# By hand\.\n/);
      expect(mended).not.toContain('retriable-4xx');
      const lines = manifest.split('\n');
      expect(
        mended.split('\n').filter(line => !lines.includes(line)).length,
      ).toBeLessThanOrEqual(2);
      // Templates of before know it by another name.
      for (const name of ['ai-mesh:fix:pull-request', 'ai-mesh:fix:write']) {
        await expect(
          write({ codes: ['AIM103'] }, folder, name),
        ).rejects.toThrow(/not written as the cluster has it/);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('mends a code in several entities by one change, and says which finding is whose', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ai-mesh-manifests-'));
    try {
      await writeFile(
        join(folder, 'chat.yaml'),
        await templates.virtualService(),
      );
      const everywhere = {
        entityRefs: ['component:default/nowhere', chat],
        codes: ['AIM103'],
      };
      const { output } = await templates.run(
        'ai-mesh:fix:pull-request',
        'rita',
        everywhere,
        { workspacePath: folder, task: { id: '0123456789' } },
      );
      expect(output).toMatchObject({
        title: `Mend AIM103 of ${chat}`,
        mended: [{ entityRef: chat, findings: output.findings }],
        elsewhere: [],
      });
      await expect(
        templates.run('ai-mesh:fix:follow', 'rita', {
          ...everywhere,
          url: 'https://git.example/acme/shop/pulls/1',
        }),
      ).rejects.toThrow(
        'Give either mended, or entityRef with one of findings, strict, rules and canary.',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('changes nothing for an entity that only claims the Service', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ai-mesh-manifests-'));
    try {
      const manifest = await templates.virtualService();
      await writeFile(join(folder, 'chat.yaml'), manifest);
      await expect(
        write(
          { entityRef: 'component:default/claimant', codes: ['AIM103'] },
          folder,
        ),
      ).rejects.toThrow(
        'Nothing was changed: it is not proven that shop/ai-services/ai-chat-service belongs to component:default/claimant.',
      );
      expect(await readFile(join(folder, 'chat.yaml'), 'utf8')).toBe(manifest);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it.each([
    [{}, /Give one of findings and codes/],
    [{ codes: ['AIM999'] }, /nothing to mend/],
    [{ findings: ['gone'] }, /does not have the finding gone any more/],
    [{ codes: ['AIM103'], path: '../..' }, /not allowed/i],
    [{ codes: ['AIM103'], path: 'nothing' }, /no folder nothing in the/],
    [
      { codes: ['AIM103'], strict: 'workload' },
      /one of findings, codes, strict/,
    ],
    [
      { strict: 'workload', rules: 'operator' },
      /one of findings, codes, strict/,
    ],
    [{ rules: 'prometheus' }, /No rules can be made .* No Prometheus/],
    [
      { entityRef: 'component:default/claimant', strict: 'workload' },
      /not proven/,
    ],
    // Without metrics it is not known who calls in plaintext.
    [{ strict: 'workload' }, /not known to be ready for STRICT/],
    [{ canary: 'c-none' }, /no such canary/],
  ])('refuses %j with words that say what to do', async (input, words) => {
    await expect(write(input, workspacePath)).rejects.toThrow(words);
  });
});

describe('ai-mesh:fix:follow', () => {
  const url = 'https://git.example/acme/shop/pulls/1';
  const either = /Give either mended, or entityRef with one of/;

  it.each([
    [{ entityRef: chat }, either],
    [{ canary: 'c1' }, either],
    [{ entityRef: chat, strict: 'workload', rules: 'operator' }, either],
    [{ entityRef: chat, findings: ['f1'], canary: 'c1' }, either],
    // What is asked for is what AI Mesh is told.
    [{ entityRef: chat, findings: ['gone'] }, /does not have one of these/],
    [{ entityRef: chat, strict: 'workload' }, /no such manifest for STRICT/],
    [
      { entityRef: chat, strict: 'namespace', cluster: 'elsewhere' },
      /no such manifest for STRICT/,
    ],
    [{ entityRef: chat, rules: 'operator' }, /No rules can be made/],
    [
      { entityRef: chat, rules: 'operator', cluster: 'elsewhere' },
      /'cluster' must be one of shop/,
    ],
    [{ entityRef: chat, canary: 'c1' }, /no promoted canary of this id/],
  ])('refuses %j with words that say why', async (input, words) => {
    await expect(
      templates.run('ai-mesh:fix:follow', 'olivia', { ...input, url }),
    ).rejects.toThrow(words);
  });

  it('is for those alone who may say so', async () => {
    await expect(
      templates.run('ai-mesh:fix:follow', 'rita', {
        entityRef: chat,
        rules: 'operator',
        url,
      }),
    ).rejects.toThrow(/ai-mesh\.fix\.request/);
  });
});
