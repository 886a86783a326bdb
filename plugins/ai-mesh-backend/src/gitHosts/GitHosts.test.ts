import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { fixRequestBodySchema } from '@ai-mesh/plugin-ai-mesh-common';
import type { RequestListener } from 'http';
import { gitServer, says } from './__testUtils__/gitServer';
import { inBothLanguages } from './__testUtils__/inBothLanguages';
import { GitHosts } from './GitHosts';

const SCRIPT = 'javascript';

const git = gitServer();

const now = new Date('2026-01-01T00:00:00.000Z');
const hosts = () => {
  const base = git.url;
  return new GitHosts(
    ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            {
              host: 'git.example.com',
              apiBaseUrl: `${base}/api/v3`,
              token: 'of-the-portal',
            },
          ],
          gitlab: [
            {
              host: 'lab.example.com',
              apiBaseUrl: `${base}/lab/api/v4`,
              baseUrl: 'https://lab.example.com/lab',
              token: 'of-the-portal',
            },
          ],
          gitea: [
            {
              host: 'tea.example.com',
              baseUrl: base,
              password: 'of-the-portal',
            },
          ],
          bitbucketServer: [
            {
              host: 'bucket.example.com',
              apiBaseUrl: `${base}/rest/api/1.0`,
              token: 'of-the-portal',
            },
          ],
        },
      }),
    ),
    1000,
  );
};
const url = 'https://git.example.com/acme/deployments/pull/7';

it.each([
  [{ state: 'open', merged: false }, 'open', 1000],
  [{ state: 'closed', merged: true }, 'merged', undefined],
  [{ state: 'closed', merged: false }, 'closed', 600_000],
])('reads %j as %s', async (body, value, againMs) => {
  git.answer = says(200, JSON.stringify({ ...body, more: 'than that' }));
  expect(await hosts().ask(url, now)).toEqual({
    state: { status: 'known', value, at: now.toISOString() },
    ...(againMs && { againMs }),
  });
  expect(git.asked).toMatchObject([
    {
      path: '/api/v3/repos/acme/deployments/pulls/7',
      authorization: 'Bearer of-the-portal',
    },
  ]);
});

it.each([
  [
    'https://lab.example.com/lab/acme/mesh/deployments/-/merge_requests/7',
    { state: 'merged' },
    '/lab/api/v4/projects/acme%2Fmesh%2Fdeployments/merge_requests/7',
    'Bearer of-the-portal',
  ],
  [
    'https://tea.example.com/acme/deployments/pulls/7',
    { state: 'closed', merged: true },
    '/api/v1/repos/acme/deployments/pulls/7',
    'token of-the-portal',
  ],
  [
    'https://bucket.example.com/projects/ACME/repos/deployments/pull-requests/7',
    { state: 'MERGED' },
    '/rest/api/1.0/projects/ACME/repos/deployments/pull-requests/7',
    'Bearer of-the-portal',
  ],
])(
  'asks the API that has the page %s',
  async (page, body, path, authorization) => {
    git.answer = says(200, JSON.stringify(body));
    expect(hosts().addressOf(page)).toBe(page);
    expect((await hosts().ask(page, now)).state).toMatchObject({
      status: 'known',
      value: 'merged',
    });
    expect(git.asked).toMatchObject([{ path, authorization }]);
  },
);

it.each<[string, RequestListener, string, RegExp]>([
  ['203', says(203, '<html>'), 'forbidden', /refuses the portal's token/],
  ['404', says(404, '{}'), 'not-found', /has no such pull request/],
  ['401', says(401, '{}'), 'forbidden', /refuses the portal's token \(401\)/],
  ['500', says(500, '{}'), 'unreachable', /answered 500/],
  [
    'nothing',
    request => request.socket.destroy(),
    'unreachable',
    /could not be asked/,
  ],
])('says why it does not know: %s', async (_, how, reason, message) => {
  git.answer = how;
  const { state, againMs } = await hosts().ask(url, now);
  expect(state).toEqual({
    status: 'unknown',
    reason,
    ...inBothLanguages(message),
  });
  expect(againMs).toBeGreaterThan(0);
  expect(JSON.stringify(state)).not.toContain('of-the-portal');
});

it('asks no host but those of the configuration, and none whose requests it cannot read', async () => {
  for (const other of [
    'https://other.example.com/acme/deployments/pull/7',
    'http://127.0.0.1/acme/deployments/pull/7',
    'https://git.example.com.evil.example/acme/deployments/pull/7',
    'https://git.example.com@evil.example/acme/deployments/pull/7',
    'https://git.example.com:8443/acme/deployments/pull/7',
    'https://[::1]/acme/deployments/pull/7',
    'https://169.254.169.254/acme/deployments/pull/7',
    `${SCRIPT}:alert(1)`,
  ]) {
    expect(() => hosts().addressOf(other)).toThrow(
      /no Git host of this portal/,
    );
    expect((await hosts().ask(other, now)).state).toMatchObject({
      reason: 'unsupported',
    });
  }
  expect(await hosts().ask('https://git.example.com/acme/wiki', now)).toEqual({
    state: {
      status: 'unknown',
      reason: 'unsupported',
      ...inBothLanguages(
        'Only pull requests of these are followed to their end: GitHub, GitLab, Gitea, Bitbucket, Azure DevOps.',
      ),
    },
  });
  expect(git.asked).toEqual([]);
});

it('waits no longer for a token of an app whose host hangs', async () => {
  jest
    .spyOn(DefaultGithubCredentialsProvider, 'fromIntegrations')
    .mockReturnValue({
      getCredentials: () => new Promise(() => {}),
    } as never);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  const asking = hosts().ask(url, now);
  await jest.advanceTimersByTimeAsync(5000);
  expect((await asking).state).toMatchObject({
    reason: 'unreachable',
    message:
      'git.example.com could not be asked: the portal got no token for it within 5 s.',
  });
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it.each([
  'https://git.example.com/acme/deployments/issues/7',
  'https://git.example.com/acme/deployments/pull/7%0d%0aHost:%20x',
  'https://git.example.com/acme/deployments/pull/7\u2028',
  'https://git.example.com//127.0.0.1/pull/7',
  'https://git.example.com/acme/..%2f..%2fuser/pull/7',
  'https://git.example.com/acme\\deployments/x/pull/7',
  `${SCRIPT}://git.example.com/%0aalert(1)`,
  'https://git.example.com/acme/deployments/pull/7/files',
  'https://git.example.com/../deployments/pull/7',
  'https://git.example.com/acme/%2e%2e/pull/7',
  'https://git.example.com/acme/deployments/pull/7x',
  'https://lab.example.com/acme/deployments/-/merge_requests/7',
  'https://lab.example.com/lab/deployments/-/merge_requests/7',
  'https://lab.example.com/lab/acme/%2e%2e/-/merge_requests/7',
  'https://tea.example.com/acme/deployments/pull/7',
  'https://bucket.example.com/projects/ACME/repos/a%2Fb/pull-requests/7',
  'https://dev.azure.com/acme/shop/_git/deployments?pullrequest=7',
])('refuses %s', async one => {
  expect(() => hosts().addressOf(one)).toThrow(/is no pull request/);
});

it('writes an address anew: no user, password or query', () => {
  expect(
    hosts().addressOf(
      'https://me:secret@git.example.com/acme/deployments/pull/7/?token=x#y',
    ),
  ).toBe(url);
});

it.each([
  `${SCRIPT}://git.example.com/%0aalert(1)`,
  'data:text/html,x',
  'file:///etc/passwd',
  '//git.example.com/acme/deployments/pull/7',
  `https://git.example.com/${'a'.repeat(500)}`,
])('takes no address like %s from a request', one => {
  expect(
    fixRequestBodySchema.safeParse({ findings: ['1'], url: one }).success,
  ).toBe(false);
});
