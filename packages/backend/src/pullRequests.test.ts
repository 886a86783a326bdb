import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { GitHub } from './__testUtils__/GitHub';
import { demoTemplates, GitPortal } from './__testUtils__/GitPortal';

jest.setTimeout(120_000);

const FILE = 'shop/ai-chat-service.yaml';

let sandbox: RunningSandbox;
let github: GitHub;
let portal: GitPortal;

/** Like the demo's, by somebody who takes the deployed branch for one to push to. */
function templateOnMain() {
  const template = demoTemplates().find(
    ({ metadata }) => metadata.name === 'mend-findings',
  );
  template.metadata.name = 'mend-on-main';
  for (const step of template.spec.steps) {
    if (step.id === 'request') {
      step.input.branchName = 'main';
      step.input.targetBranchName = 'release';
      step.input.update = true;
    }
  }
  return template;
}

beforeEach(async () => {
  sandbox = await startSandbox(['--git']);
  github = new GitHub(sandbox.git!);
});

afterEach(async () => {
  await portal?.stop();
  await sandbox?.stop();
});

async function startPortal(token = sandbox.git!.tokens.writer) {
  portal = await GitPortal.start(sandbox, token, [
    ...demoTemplates(),
    templateOnMain(),
  ]);
}

/** Nothing was pushed, opened or followed. */
async function expectNothingDone(id: string, before: string) {
  expect(await github.file(FILE)).toBe(before);
  expect(await github.hasBranch(`ai-mesh-fixes-${id.slice(0, 8)}`)).toBe(false);
  expect(await github.requests()).toEqual([]);
  expect((await portal.review()).requests ?? []).toEqual([]);
}

it('opens nothing where the portal’s token may only read, and says so', async () => {
  await startPortal(sandbox.git!.tokens.reader);
  const before = await github.file(FILE);
  const { id, status, said } = await portal.mend(
    await portal.findings('AIM103'),
  );
  expect([status, said]).toEqual([
    'failed',
    expect.stringContaining('Resource not accessible by personal access token'),
  ]);
  await expectNothingDone(id, before);
});

it('pushes nothing to a protected branch, and says so', async () => {
  await startPortal();
  await github.branch('release');
  const before = await github.file(FILE);
  const { id, status, said } = await portal.mend(
    await portal.findings('AIM103'),
    'mend-on-main',
  );
  expect([status, said]).toEqual([
    'failed',
    expect.stringContaining('Cannot update this protected ref'),
  ]);
  await expectNothingDone(id, before);
});

it('changes nothing where the file is not as the cluster has the object, and says so', async () => {
  await startPortal();
  const findings = await portal.findings('AIM103');
  const elsewhere = await github.propose('other', FILE, text =>
    text.replaceAll(
      'gateway-error,connect-failure,retriable-4xx',
      'connect-failure,retriable-4xx',
    ),
  );
  // It is merged, and somebody has the cluster as before: the two differ, whoever is right.
  expect((await github.merge(elsewhere)).status).toBe(200);
  await editRetries('gateway-error,connect-failure,retriable-4xx');
  const before = await github.file(FILE);
  const { id, status, said } = await portal.mend(findings);
  expect([status, said]).toEqual([
    'failed',
    expect.stringMatching(/not written as the cluster has it/),
  ]);
  expect(await github.file(FILE)).toBe(before);
  expect(await github.hasBranch(`ai-mesh-fixes-${id.slice(0, 8)}`)).toBe(false);
  expect((await portal.review()).requests ?? []).toEqual([]);
});

it('writes neither of two fixes of one setting, and says which does not go with the other', async () => {
  await startPortal();
  const renamed = await github.propose('renamed', FILE, text =>
    text.replace('name: vip', 'name: stream'),
  );
  expect((await github.merge(renamed)).status).toBe(200);
  const before = await github.file(FILE);
  const both = [
    ...(await portal.findings('AIM103')),
    ...(await portal.findings('AIM105')),
  ].filter(({ path }) => path.startsWith('spec.http[0]'));
  expect(both).toHaveLength(2);
  const { id, status, said } = await portal.mend(both);
  expect([status, said]).toEqual([
    'failed',
    expect.stringMatching(
      /Nothing was changed, since not all could be:\n.*AIM10[35] of VirtualService ai-chat-service, spec\.http\[0\].*: VirtualService ai-services\/ai-chat-service is not written/,
    ),
  ]);
  expect(await github.file(FILE)).toBe(before);
  expect(await github.hasBranch(`ai-mesh-fixes-${id.slice(0, 8)}`)).toBe(false);
});

it('shows that a request conflicts, and that it is closed once somebody closes it; the finding stays', async () => {
  await startPortal();
  const findings = await portal.findings('AIM103');
  const theirs = await github.propose('other', FILE, text =>
    text.replaceAll(
      'gateway-error,connect-failure,retriable-4xx',
      'connect-failure,retriable-4xx',
    ),
  );
  expect(await portal.mend(findings)).toMatchObject({ status: 'completed' });
  expect((await github.merge(theirs)).status).toBe(200);
  const merged = await github.file(FILE);

  const [ours] = await github.requests();
  expect(await github.merge(ours.number)).toMatchObject({
    status: 405,
    message: expect.stringMatching(/conflicts with main/),
  });
  expect(await github.file(FILE)).toBe(merged);
  await expectState('conflicting');
  expect(await portal.findings('AIM103')).not.toEqual([]);

  await github.ask('PATCH', `/pulls/${ours.number}`, { state: 'closed' });
  await expectState('closed');
  expect(await portal.findings('AIM103')).not.toEqual([]);
});

/** As the portal says it, which asks the Git host once a second. */
async function expectState(value: string) {
  let state: unknown;
  for (let attempt = 0; attempt < 40; attempt++) {
    state = (await portal.review()).requests![0].state;
    if ((state as { value?: string }).value === value) {
      return;
    }
    await sleep(250);
  }
  expect(state).toMatchObject({ status: 'known', value });
}

/** By hand, as `kubectl edit` does it. */
async function editRetries(retryOn: string) {
  const answer = await fetch(
    `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
    {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${sandbox.tokens.writer}`,
        'content-type': 'application/json-patch+json',
      },
      body: JSON.stringify([
        { op: 'replace', path: '/spec/http/0/retries/retryOn', value: retryOn },
      ]),
    },
  );
  expect(answer.status).toBe(200);
}
