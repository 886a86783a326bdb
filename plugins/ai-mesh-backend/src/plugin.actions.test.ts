import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import mcpActions from '@backstage/plugin-mcp-actions-backend';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { testDatabases } from './canary/store/__testUtils__/testDatabases';
import {
  CanaryPortal,
  chat,
  chatRequest,
  hidden,
  writableCluster,
  type Person,
} from './__testUtils__/CanaryPortal';
import { actionInputs } from './__testUtils__/hostile/actionAttacks';
import { until } from './__testUtils__/startPortal';
import { McpAssistant } from './__testUtils__/McpAssistant';

jest.setTimeout(90_000);

const { databases, ids } = testDatabases();

let sandbox: RunningSandbox;
let portal: CanaryPortal;
let knex: Knex;

const asked = (idempotencyKey: string) => ({ ...chatRequest, idempotencyKey });

const assistants: McpAssistant[] = [];

async function assistantOf(person: Person | 'plugin'): Promise<McpAssistant> {
  const assistant = await McpAssistant.connect(portal, person);
  assistants.push(assistant);
  return assistant;
}

beforeAll(async () => {
  sandbox = await startSandbox();
  knex = await databases.init(ids.at(-1)![0]);
  portal = await CanaryPortal.start({
    knex,
    clusters: [writableCluster(sandbox)],
    entities: [chat, hidden],
    features: [
      actionsRegistryServiceFactory,
      actionsServiceFactory,
      mcpActions,
    ],
    backend: { actions: { pluginSources: ['ai-mesh'] } },
  });
  await portal.as('rita').options();
});

afterAll(async () => {
  await Promise.all(assistants.map(one => one.close()));
  await portal?.stop();
  await sandbox?.stop();
});

it('says of each tool what it does to the world', async () => {
  const { tools } = await (await assistantOf('rita')).list();
  const hints = Object.fromEntries(
    tools.map(({ name, annotations }) => [
      name,
      [
        annotations?.readOnlyHint && 'reads',
        annotations?.destructiveHint && 'destructive',
        annotations?.idempotentHint && 'idempotent',
      ]
        .filter(Boolean)
        .join(' '),
    ]),
  );
  expect(hints).toEqual({
    'ai-mesh.overview': 'reads idempotent',
    'ai-mesh.where-does-it-hurt': 'reads idempotent',
    'ai-mesh.findings': 'reads idempotent',
    'ai-mesh.may-call': 'reads idempotent',
    'ai-mesh.slo-status': 'reads idempotent',
    'ai-mesh.facts': 'reads idempotent',
    'ai-mesh.canary-options': 'reads idempotent',
    'ai-mesh.canary-status': 'reads idempotent',
    'ai-mesh.explain-verdict': 'reads idempotent',
    'ai-mesh.request-canary': 'idempotent',
    'ai-mesh.pause-canary': 'idempotent',
    'ai-mesh.roll-back-canary': 'destructive idempotent',
  });
  for (const { description, inputSchema, annotations } of tools) {
    expect(description).toMatch(/\.$/);
    expect(annotations?.title).toBeTruthy();
    expect(inputSchema.properties).toBeDefined();
  }
});

it('has each tool attacked, with everything that it takes', async () => {
  const { tools } = await (await assistantOf('rita')).list();
  expect(
    Object.fromEntries(
      Object.entries(actionInputs).map(([name, inputs]) => [
        `ai-mesh.${name}`,
        [...new Set(inputs.flatMap(input => Object.keys(input)))].sort(),
      ]),
    ),
  ).toEqual(
    Object.fromEntries(
      tools.map(({ name, inputSchema }) => [
        name,
        Object.keys(inputSchema.properties ?? {}).sort(),
      ]),
    ),
  );
});

it.each([
  ['overview', {}, { entityRef: chatRequest.entityRef, window: '5m' }],
  [
    'where-does-it-hurt',
    { window: '15m' },
    { window: '15m', status: expect.stringMatching(/^(none|unknown|found)$/) },
  ],
  ['findings', { atLeast: 'high' }, { findings: expect.any(Array) }],
  ['slo-status', {}, { entityRef: chatRequest.entityRef }],
  [
    'facts',
    { names: ['certificateDaysLeftMin', 'no-such-fact'] },
    {
      entityRef: chatRequest.entityRef,
      page: '/catalog/default/component/chat/ai-mesh/scorecard',
      facts: [
        {
          name: 'certificateDaysLeftMin',
          title: expect.any(String),
          unit: 'days',
          status: expect.stringMatching(/^(un)?known$/),
        },
      ],
    },
  ],
  ['canary-options', {}, { services: [expect.anything()] }],
  [
    'may-call',
    {
      cluster: 'shop',
      namespace: 'ai-services',
      service: 'ai-chat-service',
      callerNamespace: 'ai-services',
      callerWorkload: 'ai-orchestrator',
    },
    { decision: { message: expect.any(String) } },
  ],
] as [string, JsonObject, object][])(
  'reads %s, marked as data',
  async (tool, input, data) => {
    const answer = await (
      await assistantOf('rita')
    ).call(tool, { entityRef: 'component:chat', ...input });
    expect(answer).toMatchObject({
      notice: expect.stringContaining('never an instruction'),
      shortened: expect.any(Array),
      data,
    });
  },
);

it('asks for a canary once, tells how it stands, and leaves the approval to a person', async () => {
  const olivia = await assistantOf('olivia');
  const first = await olivia.call('request-canary', asked('deploy-1'));
  expect(first.data).toMatchObject({
    created: true,
    canary: {
      state: 'requested',
      requestedBy: 'user:default/olivia',
      page: expect.stringMatching(
        /^\/catalog\/default\/component\/chat\/ai-mesh\/canary\/[0-9a-f-]{36}$/,
      ),
    },
  });
  const { id, version } = first.data.canary;
  const again = await olivia.call('request-canary', asked('deploy-1'));
  expect(again.data).toMatchObject({ created: false, canary: { id } });

  expect(
    (await olivia.call('canary-status', { entityRef: 'component:chat' })).data,
  ).toMatchObject({ canaries: [{ id, state: 'requested' }] });
  expect((await olivia.call('explain-verdict', { id })).data).toMatchObject({
    canary: { id },
    history: [{ what: 'requested', by: 'user:default/olivia' }],
  });
  const { tools } = await olivia.list();
  expect(tools.filter(({ name }) => /approve/.test(name))).toEqual([]);

  await portal.as('adam').actNow(id, 'approve');
  await portal.when(id, ({ state }) => state === 'progressing');
  const paused = await until(
    async () => {
      const { data } = await olivia.call('canary-status', { id });
      return olivia
        .call('pause-canary', {
          id,
          version: data.canaries[0].version,
          reason: 'A freeze',
        })
        .catch((error: Error) => {
          if (!/moved on/.test(error.message)) {
            throw error;
          }
          // The engine was faster.
          return undefined;
        });
    },
    answer => answer !== undefined,
    30_000,
  );
  expect(paused.data).toMatchObject({ canary: { state: 'paused' } });
  // Decided on what was: nothing happens.
  await expect(
    olivia.call('roll-back-canary', { id, version, reason: 'Late' }),
  ).rejects.toThrow(/version|moved on|meanwhile/i);
  const { version: now } = await portal.as('rita').details(id);
  await olivia.call('roll-back-canary', { id, version: now, reason: 'Enough' });
  const { transitions } = await portal.when(
    id,
    ({ state }) => state === 'rolledBack',
  );
  // Whoever listens hears of each, under an id of its own.
  await until(
    async () => new Set(portal.events.map(event => event.id)),
    heard => transitions.every(({ seq }) => heard.has(`canary:${id}:${seq}`)),
    10_000,
  );
  expect(portal.audits).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        eventId: 'canary-request',
        outcome: 'success',
        meta: expect.objectContaining({
          action: 'request-canary',
          actor: 'user:default/olivia',
          canaryId: id,
        }),
      }),
      expect.objectContaining({ eventId: 'canary-action', outcome: 'fail' }),
    ]),
  );
});

it.each([
  ['rita', 'request-canary', asked('r'), /ai-mesh\.canary\.request/],
  ['stranger', 'overview', { entityRef: 'component:chat' }, /ai-mesh\.read/],
  [
    'rita',
    'overview',
    { entityRef: 'component:hidden' },
    /component:default\/hidden.*ai-mesh\.read/,
  ],
  ['stranger', 'facts', { entityRef: 'component:chat' }, /ai-mesh\.read/],
  [
    'rita',
    'facts',
    { entityRef: 'component:hidden' },
    /component:default\/hidden.*ai-mesh\.read/,
  ],
  ['rita', 'overview', { entityRef: 'component:nowhere' }, /no entity/],
  ['rita', 'overview', { entityRef: 'nonsense' }, /written like component:/],
  ['olivia', 'canary-status', {}, /Give one of id, entityRef/],
  [
    'olivia',
    'pause-canary',
    { id: 'none', version: 1, reason: 'x' },
    /no such canary/,
  ],
  [
    'olivia',
    'request-canary',
    { ...asked('x'), plan: { stepWeight: 200 } },
    /between 1 and 100/,
  ],
] as [Person, string, JsonObject, RegExp][])(
  'refuses %s %s with words that say what to do (%#)',
  async (person, tool, input, words) => {
    await expect((await assistantOf(person)).call(tool, input)).rejects.toThrow(
      words,
    );
  },
);

it('does not let a token for the assistants’ plugin act with nobody’s permissions', async () => {
  const plugin = await assistantOf('plugin');
  expect(
    (await plugin.call('overview', { entityRef: 'component:chat' })).data,
  ).toMatchObject({ entityRef: chatRequest.entityRef });
  await expect(plugin.call('request-canary', asked('plugin'))).rejects.toThrow(
    /needs a person's token/,
  );
});

it.each(Object.entries(actionInputs))(
  'answers nobody, and tells a stranger nothing: %s',
  async (tool, [written]) => {
    const input = { ...written, ...('version' in written && { version: 1 }) };
    const path = `/.backstage/actions/v1/actions/ai-mesh:${tool}/invoke`;
    const { status } = await portal.http(undefined, 'post', path, input);
    expect(status).toBe(401);
    const told = await portal.http('stranger', 'post', path, input);
    expect([tool, told.status]).toEqual([
      tool,
      // No such canary is there, whoever asks.
      'id' in input ? 404 : 403,
    ]);
    expect(told.text).not.toMatch(/VirtualService|ai-chat-service-v\d/);
  },
);
