import { hostDialects } from './hostDialects';

it.each([
  ['github', '/acme/deployments/pull/7', '/repos/acme/deployments/pulls/7'],
  [
    'gitlab',
    '/acme/mesh/deployments/-/merge_requests/7/',
    '/projects/acme%2Fmesh%2Fdeployments/merge_requests/7',
  ],
  ['gitea', '/acme/deployments/pulls/7', '/repos/acme/deployments/pulls/7'],
  [
    'bitbucketCloud',
    '/acme/deployments/pull-requests/7',
    '/repositories/acme/deployments/pullrequests/7',
  ],
  [
    'bitbucketServer',
    '/projects/ACME/repos/deployments/pull-requests/7',
    '/projects/ACME/repos/deployments/pull-requests/7',
  ],
  [
    'azure',
    '/acme/The%20shop/_git/deployments/pullrequest/7',
    '/acme/The%20shop/_apis/git/repositories/deployments/pullrequests/7?api-version=6.0',
  ],
] as const)('finds a pull request in the API of %s', (host, page, path) => {
  expect(hostDialects[host].apiPath(page)).toBe(path);
  expect(hostDialects[host].apiPath(`${page}/files`)).toBeUndefined();
});

it.each(Object.values(hostDialects))(
  'gives an example that is such a page: $example',
  ({ example, apiPath }) => {
    expect(apiPath(new URL(example).pathname)).toBeDefined();
  },
);

it.each([
  ['github', { state: 'open', merged: false }, 'open'],
  ['github', { state: 'open', merged: false, mergeable: null }, 'open'],
  ['github', { state: 'open', merged: false, mergeable: true }, 'open'],
  ['github', { state: 'open', merged: false, mergeable: false }, 'conflicting'],
  ['github', { state: 'closed', merged: false, mergeable: false }, 'closed'],
  ['gitlab', { state: 'opened', has_conflicts: true }, 'conflicting'],
  ['gitlab', { state: 'merged', has_conflicts: true }, 'merged'],
  ['gitea', { state: 'open', merged: false, mergeable: false }, 'open'],
  ['azure', { status: 'active', mergeStatus: 'conflicts' }, 'conflicting'],
  ['azure', { status: 'active', mergeStatus: 'queued' }, 'open'],
  ['azure', { status: 'abandoned', mergeStatus: 'conflicts' }, 'closed'],
  ['github', { state: 'closed', merged: true }, 'merged'],
  ['github', { state: 'closed', merged: false }, 'closed'],
  ['gitlab', { state: 'opened' }, 'open'],
  ['gitlab', { state: 'locked' }, 'open'],
  ['gitlab', { state: 'merged' }, 'merged'],
  ['gitlab', { state: 'closed' }, 'closed'],
  ['gitea', { state: 'closed', merged: true }, 'merged'],
  ['bitbucketCloud', { state: 'OPEN' }, 'open'],
  ['bitbucketCloud', { state: 'MERGED' }, 'merged'],
  ['bitbucketCloud', { state: 'DECLINED' }, 'closed'],
  ['bitbucketCloud', { state: 'SUPERSEDED' }, 'closed'],
  ['bitbucketServer', { state: 'MERGED' }, 'merged'],
  ['azure', { status: 'active' }, 'open'],
  ['azure', { status: 'completed' }, 'merged'],
  ['azure', { status: 'abandoned' }, 'closed'],
] as const)('reads of %s: %j', (host, answer, end) => {
  expect(hostDialects[host].read(JSON.stringify(answer))).toBe(end);
});

it.each(Object.entries(hostDialects))(
  'takes no state that it does not know for any other: %s',
  (_, { read }) => {
    expect(() =>
      read(JSON.stringify({ state: 'queued', status: 'queued', merged: 1 })),
    ).toThrow(/./);
  },
);
