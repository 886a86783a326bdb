import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSettings } from './readSettings';

const changeBoard = {
  name: 'change-board',
  events: ['before-start', 'before-step'],
  url: 'https://change.example.com/hooks/',
  secret: 'a secret of the change board',
};

function read(...webhooks: unknown[]) {
  return readSettings(
    new ConfigReader({ aiMesh: { canary: { webhooks } } } as JsonObject),
  ).canary.webhooks;
}

describe('aiMesh.canary.webhooks', () => {
  it('are none unless configured', () => {
    expect(readSettings(new ConfigReader({})).canary.webhooks).toEqual([]);
  });

  it('wait ten seconds and try twice more, unless they say otherwise', () => {
    expect(read(changeBoard)).toEqual([
      {
        name: 'change-board',
        events: ['before-start', 'before-step'],
        url: 'https://change.example.com/hooks',
        secret: 'a secret of the change board',
        timeoutMs: 10_000,
        retries: 2,
        tls: { skipVerify: false },
      },
    ]);
    expect(
      read({
        ...changeBoard,
        timeout: { minutes: 1 },
        retries: 0,
        tls: { caFile: '/etc/ai-mesh/ca.crt' },
      }),
    ).toMatchObject([
      { timeoutMs: 60_000, retries: 0, tls: { caFile: '/etc/ai-mesh/ca.crt' } },
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no name', { name: undefined }, 'webhooks[0].name is missing'],
    [
      'a name that is none',
      { name: 'Change Board' },
      'webhooks[0].name must be small letters, digits and dashes, such as change-board',
    ],
    ['no events', { events: undefined }, 'webhooks[0].events is missing'],
    [
      'an empty list of events',
      { events: [] },
      'webhooks[0].events must name at least one event',
    ],
    [
      'an event that there is not',
      { events: ['before-start', 'before-lunch'] },
      'webhooks[0].events[1] must be before-start or before-step or after-promotion or on-roll-back',
    ],
    ['no address', { url: undefined }, 'webhooks[0].url'],
    [
      'half an address',
      { url: 'change.example.com' },
      'webhooks[0].url must be a URL such as https://host.example.com',
    ],
    [
      'an address of a file',
      { url: 'file:///etc/passwd' },
      'webhooks[0].url must begin with https:// or http://',
    ],
    [
      'an address with a password',
      { url: 'https://portal:hunter2@change.example.com' },
      'webhooks[0].url must not hold a user or password',
    ],
    [
      'an address with a query',
      { url: 'https://change.example.com/?token=hunter2' },
      'webhooks[0].url must end before any ? or #',
    ],
    ['no secret', { secret: undefined }, 'webhooks[0].secret is missing'],
    [
      'a secret that can be guessed',
      { secret: 'hunter2' },
      'webhooks[0].secret must have at least 16 characters',
    ],
    [
      'a secret of blanks',
      { secret: ' '.repeat(40) },
      'webhooks[0].secret must not be empty',
    ],
    [
      'a time without a unit',
      { timeout: 10 },
      'webhooks[0].timeout must be a duration such as',
    ],
    [
      'hardly any patience',
      { timeout: '50ms' },
      'webhooks[0].timeout must be between 100 ms and a minute',
    ],
    [
      'too much patience',
      { timeout: '2m' },
      'webhooks[0].timeout must be between 100 ms and a minute',
    ],
    ['tries without end', { retries: 100 }, 'webhooks[0].retries'],
    ['half a try', { retries: 1.5 }, 'webhooks[0].retries'],
    [
      'two ways to trust',
      { tls: { caFile: '/etc/ca.crt', skipVerify: true } },
      'webhooks[0].tls takes one of caData, caFile and skipVerify',
    ],
    [
      'a certificate that is none',
      { tls: { caData: 'hunter2' } },
      'webhooks[0].tls.caData must be a PEM certificate in base64',
    ],
    [
      'a misspelt key',
      { timout: '5s' },
      "webhooks[0].timout is not a setting; did you mean 'timeout'?",
    ],
    [
      'a misspelt key of its trust',
      { tls: { skipVerfy: true } },
      "webhooks[0].tls.skipVerfy is not a setting; did you mean 'skipVerify'?",
    ],
  ])('refuse %s by name, without its value', (_, wrong, message) => {
    let said = '';
    try {
      // As a file holds it: without keys that are undefined.
      read(JSON.parse(JSON.stringify({ ...changeBoard, ...wrong })));
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain(`- aiMesh.canary.${message}`);
    expect(said).not.toContain('hunter2');
    expect(said).not.toContain(changeBoard.secret);
  });

  it('refuse two of one name, since only their names tell their calls apart', () => {
    expect(() =>
      read(changeBoard, { ...changeBoard, url: 'https://other.example.com' }),
    ).toThrow(
      "aiMesh.canary.webhooks[1].name must be a name of its own: another webhook is called 'change-board' too",
    );
  });

  it('are ten at most, each of which a canary waits for', () => {
    const many = Array.from({ length: 11 }, (_, index) => ({
      ...changeBoard,
      name: `board-${index}`,
    }));
    expect(read(...many.slice(1))).toHaveLength(10);
    expect(() => read(...many)).toThrow(
      'aiMesh.canary.webhooks must be at most 10 webhooks',
    );
  });

  it('show how one is written where one is wrong', () => {
    expect(() => read({})).toThrow(/webhooks:\n +- name: change-board\n/);
  });
});
