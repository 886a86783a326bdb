import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { IncomingMessage, RequestListener } from 'http';
import { text } from 'stream/consumers';
import { ELSEWHERE } from './__testUtils__/attackedHosts';
import {
  everyNameLeadsTo,
  namesLeadTo,
} from './__testUtils__/everyNameLeadsTo';
import { gitServer, says } from './__testUtils__/gitServer';
import {
  CLIENT_SECRET,
  issuersNames,
  tokenIssuers,
  type TokenIssuer,
} from './__testUtils__/tokenIssuers';
import { inBothLanguages } from './__testUtils__/inBothLanguages';
import { GitHosts } from './GitHosts';

const TOKEN = 'token-of-an-hour';
const now = new Date('2026-01-01T00:00:00.000Z');

const git = gitServer();
everyNameLeadsTo(() => git.port);
namesLeadTo([...issuersNames, ELSEWHERE], () => git.port);

/** What came where no issuer is, and what was written to the log. */
const elsewhere: string[] = [];
const logged: string[] = [];

beforeEach(() => {
  elsewhere.length = 0;
  logged.length = 0;
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest
      .spyOn(console, method)
      .mockImplementation((...words) => logged.push(words.join(' ')));
  }
});

afterEach(() => {
  jest.restoreAllMocks();
});

const JSON_TYPE = { 'content-type': 'application/json' };

/** Whoever issues tokens does, when asked for the token itself, as `how` says; the Git host has an open pull request. */
function answers(issuer: TokenIssuer, how: RequestListener): RequestListener {
  return async (request, response) => {
    const { host, authorization } = request.headers;
    if (host!.includes(ELSEWHERE)) {
      elsewhere.push(`${authorization} ${await text(request)}`);
    }
    if (!issuer.isAsked(request)) {
      says(200, JSON.stringify(issuer.open))(request, response);
    } else if (
      request.method === 'POST' ||
      request.url!.startsWith('/metadata/')
    ) {
      how(request, response);
    } else {
      grants(issuer)(request, response);
    }
  };
}

function grants(issuer: TokenIssuer, token: unknown = TOKEN): RequestListener {
  return (request, response) =>
    says(
      200,
      JSON.stringify(issuer.grant(request, token)),
      JSON_TYPE,
    )(request, response);
}

async function ask({ page, integrations }: TokenIssuer) {
  const hosts = new GitHosts(
    ScmIntegrations.fromConfig(
      new ConfigReader({ integrations: integrations(git.url) }),
    ),
    1000,
  );
  return (await hosts.ask(page, now)).state;
}

const refuses =
  (status: number): RequestListener =>
  async (request, response) => {
    const { authorization } = request.headers;
    const all = `${authorization} ${await text(request)} ${TOKEN} ${CLIENT_SECRET}`;
    response
      .writeHead(status, `no ${authorization ?? CLIENT_SECRET}`, JSON_TYPE)
      .end(
        JSON.stringify({
          message: all,
          error: 'invalid_client',
          error_description: all,
          errors: [all],
        }),
      );
  };

/** Neither on the screen nor in the log; what a private key begins with, and a token that it signed. */
function expectNoSecret(state: unknown) {
  const told = JSON.stringify([state, logged, elsewhere]);
  for (const secret of [TOKEN, CLIENT_SECRET, 'eyJ', 'PRIVATE']) {
    expect(told).not.toContain(secret);
  }
  expect(JSON.stringify(state).length).toBeLessThan(400);
}

describe.each(tokenIssuers)('$kind', issuer => {
  it('lets the portal in', async () => {
    git.answer = answers(issuer, grants(issuer));
    expect(await ask(issuer)).toMatchObject({ status: 'known', value: 'open' });
    expect(git.asked.at(-1)?.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it.each<[string, RequestListener]>([
    ['repeats in a refusal what it was sent', refuses(400)],
    ['repeats it where it does not know who asks', refuses(401)],
    ['repeats it in a failure', refuses(500)],
    ['sends HTML', says(200, '<html>', { 'content-type': 'text/html' })],
    ['sends nothing', says(200, '')],
    ['sends null', says(200, 'null', JSON_TYPE)],
    ['sends 10 MB', says(200, `"${TOKEN}${'x'.repeat(10 * 1024 * 1024)}"`)],
    ['refuses in 10 MB', says(400, TOKEN.repeat(1024 * 1024))],
    ['hangs up', request => request.socket.destroy()],
    ...[301, 302, 307, 308].map((status): [string, RequestListener] => [
      `leads elsewhere by ${status}`,
      says(status, '', { location: `https://${ELSEWHERE}/token` }),
    ]),
    ...[`${TOKEN}\r\nx: y`, `${TOKEN}\0`, TOKEN.repeat(10_000)].map(
      (token): [string, RequestListener] => [
        `issues what cannot be sent: ${JSON.stringify(token).slice(0, 30)}`,
        grants(issuer, token),
      ],
    ),
  ])(
    '%s: why there is no token is told, and no secret',
    async (_, how) => {
      git.answer = answers(issuer, how);
      const state = await ask(issuer);
      // Where GitHub has issued nothing it is asked without a token: what is public it tells everybody.
      const why =
        state.status === 'unknown'
          ? state.message
          : git.asked.map(({ authorization }) => authorization).at(-1);
      expect(why ?? 'the portal has none').toMatch(/the portal|answered 431/);
      expectNoSecret(state);
    },
    20_000,
  );

  it.each([null, 7, {}, [], true, '', '..', `${TOKEN}\n`])(
    'issues %j',
    async token => {
      git.answer = answers(issuer, grants(issuer, token));
      const state = await ask(issuer);
      expect(['known', 'unknown']).toContain(state.status);
      expectNoSecret(state);
    },
  );
});

it('waits 5 s for every issuer that is silent, stops half-way or sends without end', async () => {
  const drips: NodeJS.Timeout[] = [];
  const slow: RequestListener[] = [
    () => undefined,
    (_, response) => {
      response.writeHead(200, JSON_TYPE).write('{');
    },
    (_, response) => {
      response.writeHead(200, JSON_TYPE);
      drips.push(setInterval(() => response.write(' '.repeat(65_536)), 50));
    },
  ];
  try {
    for (const how of slow) {
      const issuerOf = (request: IncomingMessage) =>
        tokenIssuers.find(one => one.isAsked(request));
      git.answer = (request, response) =>
        answers(issuerOf(request) ?? tokenIssuers[0], how)(request, response);
      const states = await Promise.all(tokenIssuers.map(ask));
      expect(states).toEqual(
        tokenIssuers.map(({ page }) => ({
          status: 'unknown',
          reason: 'unreachable',
          ...inBothLanguages(
            `${new URL(page).host} could not be asked: the portal got no token for it within 5 s.`,
          ),
        })),
      );
    }
  } finally {
    drips.forEach(clearInterval);
  }
}, 60_000);

it('sends what the machine itself is let in by to no organization that has no credential of its own', async () => {
  git.answer = says(200, '{"status":"active"}');
  const hosts = new GitHosts(
    ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          azure: [
            {
              host: 'dev.azure.com',
              credentials: [
                { organizations: ['acme'], personalAccessToken: TOKEN },
              ],
            },
          ],
        },
      }),
    ),
  );
  for (const [organization, authorization] of [
    ['acme', expect.stringMatching(/^Basic /)],
    ['others', undefined],
  ]) {
    await hosts.ask(
      `https://dev.azure.com/${organization}/shop/_git/deployments/pullrequest/7`,
      now,
    );
    expect(git.asked.at(-1)).toMatchObject({ host: 'dev.azure.com' });
    expect(git.asked.at(-1)?.authorization).toEqual(authorization);
  }
  expect(git.asked).toHaveLength(2);
});
