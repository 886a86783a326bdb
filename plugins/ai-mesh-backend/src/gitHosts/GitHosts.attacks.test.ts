import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import type { RequestListener } from 'http';
import { gzipSync } from 'zlib';
import {
  attackedHosts,
  ELSEWHERE,
  hostileNames,
  integrationsWith,
  type AttackedHost,
} from './__testUtils__/attackedHosts';
import { everyNameLeadsTo } from './__testUtils__/everyNameLeadsTo';
import { gitServer, says } from './__testUtils__/gitServer';
import { inBothLanguages } from './__testUtils__/inBothLanguages';
import { GitHosts } from './GitHosts';
import { hostDialects } from './hostDialects';

const SECRET = 'of-the-portal';
const now = new Date('2026-01-01T00:00:00.000Z');

const git = gitServer();
const connected = everyNameLeadsTo(() => git.port);

function hostsWith(secret: string): GitHosts {
  return new GitHosts(
    ScmIntegrations.fromConfig(
      new ConfigReader({ integrations: integrationsWith(secret) }),
    ),
    1000,
  );
}
const hosts = () => hostsWith(SECRET);
const pageOf = ({ page, names }: AttackedHost) => page(...names);

/** The secret as it is, and as the header that holds it does. */
function expectNoSecret(said: unknown) {
  const text = JSON.stringify(said);
  expect(text).not.toContain(SECRET);
  for (const { authorization } of git.asked) {
    expect(authorization).toBeTruthy();
    expect(text).not.toContain(authorization!.split(' ').at(-1)!);
  }
}

function expectRequests({ apiHost, apiPath }: AttackedHost, count: number) {
  // It connects anew after an answer that was cut off.
  expect([...new Set(connected)]).toEqual(count > 0 ? [apiHost] : []);
  expect(git.asked).toEqual(
    Array(count).fill({
      host: apiHost,
      path: expect.stringMatching(apiPath),
      authorization: expect.stringMatching(/./),
    }),
  );
}

function isTaken(url: string): boolean {
  try {
    return hosts().addressOf(url) !== undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return false;
  }
}

describe.each(attackedHosts)('$kind', host => {
  // But for its length it is an answer.
  const tenMegabytes = JSON.stringify(host.open) + ' '.repeat(10 * 1024 * 1024);

  it('sends its token to its own API and follows no link to another host', async () => {
    git.answer = says(200, JSON.stringify(host.open), {
      link: `<https://${ELSEWHERE}/next>; rel="next"`,
      refresh: `0; url=https://${ELSEWHERE}/`,
      'content-location': `https://${ELSEWHERE}/`,
    });
    const { state } = await hosts().ask(pageOf(host), now);
    expect(state).toMatchObject({ status: 'known', value: 'open' });
    expectNoSecret(state);
    expectRequests(host, 1);
  });

  it.each(
    [301, 302, 303, 307, 308].flatMap(status =>
      [
        `https://${ELSEWHERE}/`,
        `//${ELSEWHERE}/`,
        'http://169.254.169.254/',
      ].map(location => [status, location] as const),
    ),
  )('does not follow a %s to %s', async (status, location) => {
    git.answer = says(status, JSON.stringify(host.open), { location });
    const { state } = await hosts().ask(pageOf(host), now);
    expect(state).toMatchObject({
      status: 'unknown',
      reason: 'unreachable',
      message: expect.stringMatching(`answered ${status}\\.$`),
    });
    expectRequests(host, 1);
  });

  it.each<[string, RequestListener, string]>([
    ['10 MB', says(200, tenMegabytes), 'unreadable'],
    [
      '10 MB that are a few kB on the wire',
      says(200, gzipSync(tenMegabytes), {
        'content-encoding': 'gzip',
      }),
      'unreadable',
    ],
    [
      '10 MB of a refusal',
      says(403, 'x'.repeat(10 * 1024 * 1024)),
      'unreadable',
    ],
    [
      'HTML',
      says(200, '<html>', { 'content-type': 'text/html' }),
      'unreadable',
    ],
    ['a page to sign in', says(203, '<html>'), 'forbidden'],
    [
      'half an answer',
      says(200, JSON.stringify(host.open).slice(0, -2)),
      'unreadable',
    ],
    ['brackets without end', says(200, '['.repeat(1_000_000)), 'unreadable'],
    [
      'nesting',
      says(200, '['.repeat(500_000) + ']'.repeat(500_000)),
      'unreadable',
    ],
    [
      'a header of 64 kB',
      says(200, '{}', { 'x-long': 'x'.repeat(65_536) }),
      'unreachable',
    ],
    [
      'what it was sent',
      ({ headers }, response) => {
        response
          .writeHead(500, `no ${headers.authorization}`)
          .end(JSON.stringify(headers));
      },
      'unreachable',
    ],
    [
      'what it was sent as a state',
      ({ headers }, response) => {
        response.end(
          JSON.stringify({
            state: headers.authorization,
            status: headers.authorization,
          }),
        );
      },
      'unreadable',
    ],
    ['no HTTP', request => request.socket.end('ftp\r\n\r\n'), 'unreachable'],
    ...[
      'null',
      '[]',
      '7',
      '"merged"',
      '{}',
      JSON.stringify([host.open]),
      '{"state":["open"],"status":["active"],"merged":true}',
      '{"state":"constructor","status":"constructor","merged":true}',
      '{"__proto__":{"state":"merged","status":"completed","merged":true}}',
    ].map((body): [string, RequestListener, string] => [
      body,
      says(200, body),
      'unreadable',
    ]),
  ])('says why it does not know, and no secret: %s', async (_, how, reason) => {
    git.answer = how;
    const { state, againMs } = await hosts().ask(pageOf(host), now);
    expect(state).toEqual({
      status: 'unknown',
      reason,
      ...inBothLanguages(/./),
    });
    expect(againMs).toBeGreaterThan(0);
    expectNoSecret(state);
    expectRequests(host, 1);
  });

  it.each(['of-the\nportal', '/srv/of-the/portal\r\nx: y', 'of-the\0portal'])(
    'repeats no secret that no header may hold: %j',
    async secret => {
      git.answer = says(200, JSON.stringify(host.open));
      const { state } = await hostsWith(secret).ask(pageOf(host), now);
      expect(state).toMatchObject(
        host.isBasic
          ? { status: 'known', value: 'open' }
          : {
              status: 'unknown',
              reason: 'unreachable',
              message: `${new URL(pageOf(host)).host} could not be asked: the portal's token for it, in integrations of its configuration, has characters that cannot be sent, like a line break.`,
            },
      );
      expect(JSON.stringify(state)).not.toContain('of-the');
    },
  );

  it.each(host.names.map((name, at) => [name, at] as const))(
    'asks for nothing but a pull request, whatever stands for %s',
    async (_, at) => {
      git.answer = says(200, JSON.stringify(host.open));
      for (const one of hostileNames) {
        const url = host.page(...host.names.with(at, one));
        git.asked.length = 0;
        connected.length = 0;
        const { state } = await hosts().ask(url, now);
        expectNoSecret(state);
        // The URL's own rules make another page of some: a query goes, `a/..` is nothing.
        const isPage = state.status === 'known';
        expectRequests(host, isPage ? 1 : 0);
        expect(isTaken(url)).toBe(isPage);
      }
    },
  );
});

it('waits 5 s for every host that is silent, stops half-way or sends byte by byte', async () => {
  const drips: NodeJS.Timeout[] = [];
  const slow: RequestListener[] = [
    () => undefined,
    (_, response) => {
      response.writeHead(200).write('{');
    },
    (_, response) => {
      response.writeHead(200);
      drips.push(setInterval(() => response.write(' '), 100));
    },
  ];
  // All at once: the number of the pull request says how.
  git.answer = (request, response) =>
    slow[Number(/\d+(?=$|\?)/.exec(request.url!)![0])](request, response);
  const pages = attackedHosts.flatMap(({ page, names }) =>
    slow.map((_, number) => page(...names.with(-1, String(number)))),
  );
  try {
    const said = await Promise.all(
      pages.map(async page => (await hosts().ask(page, now)).state),
    );
    expect(said).toEqual(
      pages.map(page => ({
        status: 'unknown',
        reason: 'unreachable',
        ...inBothLanguages(`${new URL(page).host} did not answer within 5 s.`),
      })),
    );
  } finally {
    drips.forEach(clearInterval);
  }
  expect(git.asked).toHaveLength(pages.length);
}, 20_000);

it('attacks every kind of host that is followed', () => {
  expect(attackedHosts.map(({ kind }) => kind).sort()).toEqual(
    Object.keys(hostDialects).sort(),
  );
});
