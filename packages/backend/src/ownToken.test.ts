import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { GitHub } from './__testUtils__/GitHub';
import { chat, demoTemplates, GitPortal } from './__testUtils__/GitPortal';
import { Kept } from './__testUtils__/Kept';
import { WatchedGitApi } from './__testUtils__/WatchedGitApi';

jest.setTimeout(120_000);

let sandbox: RunningSandbox;
let api: WatchedGitApi;
let github: GitHub;
let portal: GitPortal;
let kept: Kept;

const tokens = () => sandbox.git!.tokens;

beforeEach(async () => {
  sandbox = await startSandbox(['--git']);
  api = await WatchedGitApi.start(sandbox.git!);
  github = new GitHub(sandbox.git!);
  kept = new Kept();
  portal = await GitPortal.start(sandbox, tokens().writer, demoTemplates(), {
    apiBaseUrl: api.apiBaseUrl,
    features: kept.features(['scaffolder', 'ai-mesh']),
  });
});

afterEach(async () => {
  await portal?.stop();
  await api?.stop();
  await sandbox?.stop();
});

/** As the form sends it: the value in the secrets, stars in the parameters. */
async function mendWith(token: string) {
  const findings = await portal.findings('AIM103');
  api.calls.length = 0;
  return portal.run(
    'mend-findings',
    {
      entityRef: chat,
      findings: findings.map(({ id }) => id),
      repository: sandbox.git!.source,
      token: '*'.repeat(token.length),
    },
    { token },
  );
}

/** What the template did at the Git host; the portal's own question what became of a request comes after. */
function callsOfTemplate() {
  const last = api.calls.findLastIndex(({ method }) => method !== 'GET');
  return api.calls.slice(0, last + 1);
}

async function expectNowhere(token: string, task: object) {
  const tables = await kept.tables();
  expect(tables.tasks).toHaveLength(1);
  expect(kept.log()).toContain('ai-mesh');
  for (const [where, text] of Object.entries({
    answers: JSON.stringify(task),
    review: JSON.stringify(await portal.review()),
    log: kept.log(),
    tables: JSON.stringify(tables),
    requests: JSON.stringify(await github.requests()),
  })) {
    expect([where, text.includes(token)]).toEqual([where, false]);
  }
}

it('reads, pushes and opens the request as whoever gave a token, and keeps it nowhere', async () => {
  const { maintainer, writer } = tokens();
  const task = await mendWith(maintainer);
  expect(task).toMatchObject({ status: 'completed' });

  const calls = callsOfTemplate();
  expect(new Set(calls.map(({ token }) => token))).toEqual(
    new Set([maintainer]),
  );
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^GET .*\/tarball\//),
      expect.stringMatching(/^POST .*\/git\/commits$/),
      expect.stringMatching(/^POST .*\/pulls$/),
    ]),
  );
  // The portal itself asks what became of it, as nobody of the form.
  expect(api.calls.at(-1)).toMatchObject({ method: 'GET', token: writer });

  const [request] = await github.requests();
  expect(request.user).toEqual({ login: 'maintainer' });
  expect(await github.author(request.head.ref)).toBe('maintainer');
  await expectNowhere(maintainer, task);
});

it('is the portal’s own where nobody gave a token', async () => {
  const task = await portal.mend(await portal.findings('AIM103'));
  expect(task).toMatchObject({ status: 'completed' });
  const [request] = await github.requests();
  expect(request.user).toEqual({ login: 'writer' });
});

it.each([
  // Of a task with a secret called token, the scaffolder's log has stars for that word too.
  ['may only read', 'Resource not accessible by personal access'],
  ['nobody knows', 'Unauthorized'],
])(
  'opens nothing with a token that %s though the portal may, and says so',
  async (which, reason) => {
    const token =
      which === 'may only read' ? tokens().reader : 'mistyped-by-a-person';
    const task = await mendWith(token);
    expect(task).toMatchObject({
      status: 'failed',
      said: expect.stringContaining(reason),
    });
    expect(new Set(api.calls.map(call => call.token))).toEqual(
      new Set([token]),
    );
    expect(await github.requests()).toEqual([]);
    expect(await github.hasBranch(`ai-mesh-fixes-${task.id.slice(0, 8)}`)).toBe(
      false,
    );
    expect((await portal.review()).requests ?? []).toEqual([]);
    await expectNowhere(token, task);
  },
);
