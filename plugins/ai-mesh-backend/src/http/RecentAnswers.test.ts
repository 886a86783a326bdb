import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { z } from 'zod';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { KubernetesObject } from '../kubernetes/kinds';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { entityView } from './EntityView';
import { RecentAnswers } from './RecentAnswers';
import { RecentSight } from './RecentSight';

const entityRef = 'component:default/chat';
const neighbour = 'component:default/search';
const chat = (description = 'Chat'): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name: 'chat', description },
});
const olivia = mockCredentials.user('user:default/olivia');
const ravi = mockCredentials.user('user:default/ravi');
const sam = mockCredentials.user('user:default/sam');
const stranger = mockCredentials.user('user:default/stranger');

const service = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'ai', name },
});

/**
 * Answers of which each names the neighbour to whoever may see it, over figures, a cluster and a catalog that can be
 * changed. Ravi may not see the neighbour; a stranger may not see the entity's mesh.
 */
function world() {
  const state = {
    figures: '1' as string | undefined,
    entity: chat(),
    snapshot: snapshotOf({ Service: [service('chat')] }),
    status: 'ok' as Topology['sources'][number]['status'],
    now: new Date('2026-11-28T12:00:00Z'),
    hiddenFrom: new Set([ravi]) as Set<BackstageCredentials>,
    /** How many answers were made. */
    made: 0,
  };
  const sight = new RecentSight({
    get: async (_, credentials) => {
      if (credentials === stranger) {
        throw new NotAllowedError('not you');
      }
      return structuredClone(state.entity);
    },
    look: async (refs, credentials) => {
      const seen = new Set(state.hiddenFrom.has(credentials) ? [] : refs);
      return { seen, readable: seen };
    },
  });
  const [found] = targetOf(clusterTargetOf(state.snapshot, [])).clusters;
  const cluster = {
    ...found.cluster,
    snapshots: { snapshot: async () => state.snapshot },
  };
  const view = entityView({
    path: 'who',
    summary: 'Who there is.',
    request: z.object({
      depth: z.coerce.number().default(1),
      at: z.string().optional(),
    }),
    answer: z.any(),
    madeOf: async () => state.figures,
    read: async ({ depth }, { credentials, now }) => {
      state.made += 1;
      const { seen } = await sight.look([neighbour], credentials);
      return {
        depth,
        observedAt: now.toISOString(),
        neighbours: [...seen],
        padding: 'x'.repeat(2000),
        sources: [{ name: 'prometheus', status: state.status }],
      };
    },
  });
  const answers = new RecentAnswers(
    {
      entities: sight,
      resolveTarget: async () => ({
        ...targetOf({ ...found, cluster, snapshot: state.snapshot }),
        searched: [{ cluster, snapshot: state.snapshot }],
      }),
      now: () => state.now,
    },
    sight,
  );
  const read = (credentials: BackstageCredentials, query = {}) =>
    answers.read(view, { entityRef, query, credentials });
  return { state, read };
}

describe('RecentAnswers', () => {
  it('gives what was just made to whoever sees the same', async () => {
    const { state, read } = world();
    const first = await read(olivia);
    expect(await read(olivia)).toBe(first);
    expect(await read(sam)).toBe(first);
    expect(state.made).toBe(1);
  });

  it('makes another one for whoever sees something else, and keeps both', async () => {
    const { state, read } = world();
    const olivias = await read(olivia);
    const ravis = await read(ravi);
    expect(ravis).not.toBe(olivias);
    expect(await textOf(ravis)).not.toContain(neighbour);
    expect(await textOf(olivias)).toContain(neighbour);
    expect(await read(ravi)).toBe(ravis);
    expect(await read(olivia)).toBe(olivias);
    expect(state.made).toBe(2);
  });

  it('refuses whoever may not see the entity, whatever is kept', async () => {
    const { read } = world();
    await read(olivia);
    await expect(read(stranger)).rejects.toThrow('not you');
  });

  it('says no more to a reader whose right was taken away', async () => {
    jest.useFakeTimers({ now: Date.now(), doNotFake: ['setImmediate'] });
    const { state, read } = world();
    await read(olivia);
    state.hiddenFrom.add(olivia);
    jest.advanceTimersByTime(5_001);
    expect(await textOf(await read(olivia))).not.toContain(neighbour);
    jest.useRealTimers();
  });

  it.each<[string, (state: ReturnType<typeof world>['state']) => void]>([
    ['the figures are read anew', state => (state.figures = '2')],
    [
      'the figures have no table any more',
      state => (state.figures = undefined),
    ],
    [
      'an object of the cluster changes',
      state =>
        (state.snapshot = snapshotOf({
          Service: [service('chat'), service('more')],
        })),
    ],
    [
      'it is a quarter of a minute old',
      state => (state.now = new Date(state.now.getTime() + 15_001)),
    ],
  ])('is made anew when %s', async (_, change) => {
    const { state, read } = world();
    const first = await read(olivia);
    change(state);
    expect(await read(olivia)).not.toBe(first);
    expect(state.made).toBe(2);
  });

  it('is made anew for whoever sees another entity by the same name', async () => {
    const { state, read } = world();
    const first = await read(olivia);
    state.entity = chat('Chat, moved');
    expect(await read(sam)).not.toBe(first);
  });

  it('is another for another question', async () => {
    const { read } = world();
    const first = await read(olivia, { depth: '1' });
    expect(await read(olivia, { depth: '2' })).not.toBe(first);
    expect(await read(olivia, {})).toBe(first);
  });

  it.each([
    ['of a moment that has passed', { at: '2026-11-28T11:00:00Z' }, 'ok'],
    ['in which a source is missing', {}, 'unreachable'],
  ] as const)('keeps none %s', async (_, query, status) => {
    const { state, read } = world();
    state.status = status;
    expect(await read(olivia, query)).not.toBe(await read(olivia, query));
    expect(state.made).toBe(2);
  });
});

type Answer = Awaited<ReturnType<ReturnType<typeof world>['read']>>;

/** An answer as it is sent to whoever sends the headers. */
function sent(answer: Answer, headers: Record<string, string> = {}) {
  const app = express();
  app.get('/', (asked, response, next) => {
    answer.send(asked, response).catch(next);
  });
  return request(app).get('/').set(headers);
}

async function textOf(answer: Answer): Promise<string> {
  return (await sent(answer)).text;
}

describe('an answer', () => {
  it('is sent as JSON that nobody on the way may keep, with its tag', async () => {
    const { read } = world();
    const { status, headers, body } = await sent(await read(olivia));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      etag: expect.stringMatching(/^W\/"[\w-]{43}"$/),
    });
    expect(body.neighbours).toEqual([neighbour]);
  });

  it('is not sent again to whoever has it, also as a browser asks', async () => {
    const { read } = world();
    const answer = await read(olivia);
    const { etag } = (await sent(answer)).headers;
    const again = await sent(answer, {
      'If-None-Match': `"other", ${etag}`,
      'Cache-Control': 'no-cache',
    });
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
    expect(again.headers.etag).toBe(etag);
    const other = await sent(await read(ravi), { 'If-None-Match': etag });
    expect(other.status).toBe(200);
    expect(other.body.neighbours).toEqual([]);
  });

  it.each(['gzip, deflate, br', 'identity'])(
    'is readable by whoever accepts %s',
    async encoding => {
      const { read } = world();
      const answer = await read(olivia);
      const app = express();
      app.get('/', (asked, response, next) => {
        answer.send(asked, response).catch(next);
      });
      const server = app.listen(0);
      try {
        const { port } = server.address() as AddressInfo;
        const bytes = await rawBody(port, encoding);
        const text = encoding === 'identity' ? bytes : gunzipSync(bytes);
        expect(JSON.parse(text.toString()).neighbours).toEqual([neighbour]);
      } finally {
        server.close();
      }
    },
  );
});

/** What is on the wire. */
async function rawBody(port: number, encoding: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get({ port, headers: { 'Accept-Encoding': encoding } }, response => {
      const parts: Buffer[] = [];
      response.on('data', part => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts)));
    }).on('error', reject);
  });
}
