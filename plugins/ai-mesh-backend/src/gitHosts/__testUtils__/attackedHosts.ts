import type { hostDialects } from '../hostDialects';

/** A kind of Git host, and what may be asked of it. */
export interface AttackedHost {
  kind: keyof typeof hostDialects;
  /** The page of a pull request, by its names. */
  page(...names: string[]): string;
  names: string[];
  apiHost: string;
  /** All that may ever be asked. */
  apiPath: RegExp;
  /** Its token goes in base64, in which any can be sent. */
  isBasic?: true;
  /** Of one that is open, with links to other hosts in it. */
  open: object;
}

const SEGMENT = '(?!\\.+/)[\\w.-]+';
/** Where answers lead that no token must follow. */
export const ELSEWHERE = 'elsewhere.example';

const elsewhere = {
  next: `https://${ELSEWHERE}/next`,
  url: `https://${ELSEWHERE}/self`,
  _links: { self: { href: `https://${ELSEWHERE}/self` } },
  links: { next: [{ href: `https://${ELSEWHERE}/next` }] },
};

/** All that are followed. */
export const attackedHosts: AttackedHost[] = [
  {
    kind: 'github',
    page: (owner, name, number) =>
      `https://git.example.com/${owner}/${name}/pull/${number}`,
    names: ['acme', 'deployments', '7'],
    apiHost: 'api.git.example.com',
    apiPath: new RegExp(`^/api/v3/repos/${SEGMENT}/${SEGMENT}/pulls/\\d+$`),
    open: { state: 'open', merged: false, ...elsewhere },
  },
  {
    kind: 'gitlab',
    page: (group, name, number) =>
      `https://lab.example.com/${group}/${name}/-/merge_requests/${number}`,
    names: ['acme', 'deployments', '7'],
    apiHost: 'lab.example.com',
    // The names of one project, as one segment: none of them is dots alone.
    apiPath:
      /^\/api\/v4\/projects\/(?!(.*%2F)?\.+(%2F|\/))[\w.-]+(%2F[\w.-]+)+\/merge_requests\/\d+$/,
    open: { state: 'opened', ...elsewhere },
  },
  {
    kind: 'gitea',
    page: (owner, name, number) =>
      `https://tea.example.com/${owner}/${name}/pulls/${number}`,
    names: ['acme', 'deployments', '7'],
    apiHost: 'tea.example.com',
    apiPath: new RegExp(`^/api/v1/repos/${SEGMENT}/${SEGMENT}/pulls/\\d+$`),
    open: { state: 'open', merged: false, ...elsewhere },
  },
  {
    kind: 'bitbucketCloud',
    isBasic: true,
    page: (workspace, name, number) =>
      `https://bitbucket.org/${workspace}/${name}/pull-requests/${number}`,
    names: ['acme', 'deployments', '7'],
    apiHost: 'api.bitbucket.org',
    apiPath: new RegExp(
      `^/2\\.0/repositories/${SEGMENT}/${SEGMENT}/pullrequests/\\d+$`,
    ),
    open: { state: 'OPEN', ...elsewhere },
  },
  {
    kind: 'bitbucketServer',
    page: (project, name, number) =>
      `https://bucket.example.com/projects/${project}/repos/${name}/pull-requests/${number}`,
    names: ['ACME', 'deployments', '7'],
    apiHost: 'bucket.example.com',
    apiPath: new RegExp(
      `^/rest/api/1\\.0/projects/${SEGMENT}/repos/${SEGMENT}/pull-requests/\\d+$`,
    ),
    open: { state: 'OPEN', ...elsewhere },
  },
  {
    kind: 'azure',
    isBasic: true,
    page: (organization, project, name, number) =>
      `https://dev.azure.com/${organization}/${project}/_git/${name}/pullrequest/${number}`,
    names: ['acme', 'shop', 'deployments', '7'],
    apiHost: 'dev.azure.com',
    // A name of spaces and dots alone is one of dots to a server that trims it.
    apiPath:
      /^\/(?!\.+\/)[\w.-]+\/(?!(\.|%20)+\/)([\w.-]|%20)+\/_apis\/git\/repositories\/(?!(\.|%20)+\/)([\w.-]|%20)+\/pullrequests\/\d+\?api-version=6\.0$/,
    open: { status: 'active', ...elsewhere },
  },
];

/** The portal's configuration of them all, whose tokens are one secret. */
export function integrationsWith(secret: string) {
  return {
    github: [
      {
        host: 'git.example.com',
        apiBaseUrl: 'https://api.git.example.com/api/v3',
        token: secret,
      },
    ],
    gitlab: [
      {
        host: 'lab.example.com',
        apiBaseUrl: 'https://lab.example.com/api/v4',
        token: secret,
      },
    ],
    gitea: [{ host: 'tea.example.com', password: secret }],
    bitbucketCloud: [{ username: 'portal', appPassword: secret }],
    bitbucketServer: [
      {
        host: 'bucket.example.com',
        apiBaseUrl: 'https://bucket.example.com/rest/api/1.0',
        token: secret,
      },
    ],
    azure: [
      {
        host: 'dev.azure.com',
        credentials: [{ personalAccessToken: secret }],
      },
    ],
  };
}

/** What stands where a page has a name or a number. */
export const hostileNames = [
  '',
  '.',
  '..',
  '...',
  '%2e%2e',
  '.%2e',
  '%20',
  '..%20',
  '%20..',
  '../../user',
  '..%2f..%2fuser',
  '..%5c..%5cuser',
  '..\\..\\user',
  '%252e%252e%252fuser',
  'a%2fb',
  'a/b',
  'a?b=c',
  'a%3fb=c',
  'a#b',
  'a%23b',
  'a;b',
  'a&b',
  'a%00',
  'a%0d%0aHost:%20elsewhere.example',
  'a\r\nb',
  '@elsewhere.example',
  'a:b',
  '\uff0e\uff0e',
  '\u2025',
  'a\u2028',
  '7.5',
  '-7',
  '7e3',
  '0x7',
  '9'.repeat(400),
];
