import fc from 'fast-check';
import { fuzzRun } from '../__testUtils__/hostile/fuzzRun';
import { hostileText } from '../__testUtils__/hostile/hostileText';
import { rightAnswers } from '../__testUtils__/hostile/rightAnswers';
import { spoiled, spoiling } from '../__testUtils__/spoiledAnswer';
import { StallProbe } from '../__testUtils__/StallProbe';
import { serve, type TestServer } from '../target/__testUtils__/serve';
import { discoverKinds } from './discoverKinds';
import { KubeConfigApi } from './KubeConfigApi';
import { KubernetesObjectEditor } from './KubernetesObjectEditor';
import { listObjects } from './listObjects';

/** In a short run, of each question. */
const ATTEMPTS = 60;
const LONGEST_MS = 200;

jest.setTimeout(fuzzRun.timeoutMs);

const object = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: {
    name: 'chat',
    namespace: 'ai',
    resourceVersion: '7',
    managedFields: [
      { manager: 'ai-mesh', operation: 'Update', fieldsV1: {} },
      { manager: 'kubectl', operation: 'Apply', apiVersion: 'v1' },
    ],
  },
  spec: { hosts: ['chat'] },
};
const ref = {
  cluster: 'shop',
  apiVersion: object.apiVersion,
  kind: object.kind,
  namespace: 'ai',
  name: 'chat',
};

type Ask = (api: KubeConfigApi, signal: AbortSignal) => Promise<unknown>;

const editor = (api: KubeConfigApi) =>
  new KubernetesObjectEditor({ cluster: 'shop', api, allowWrites: true });

/** What a cluster is asked, and what it answers where nothing is wrong. */
const questions: Record<string, { right: object; ask: Ask }> = {
  'what it serves': {
    right: {
      groups: [
        {
          name: 'networking.istio.io',
          versions: [{ version: 'v1' }, { version: 'v1beta1' }],
        },
      ],
      resources: [{ name: 'virtualservices' }, { name: 'services' }],
    },
    ask: discoverKinds,
  },
  'for a list': {
    right: rightAnswers.clusterList,
    ask: (api, signal) =>
      listObjects(api, '/api/v1/services', signal, item => item),
  },
  'to be told of changes': {
    right: { type: 'MODIFIED', object },
    async ask(api, signal) {
      const watch = api.watch('/api/v1/services', {}, signal);
      for await (const event of watch) {
        JSON.stringify(event);
      }
    },
  },
  'for an object': { right: object, ask: api => editor(api).get(ref) },
  'to change an object': {
    right: object,
    ask: api => editor(api).patch(ref, [], { dryRun: true }),
  },
  'to give up fields': {
    right: object,
    ask: api => editor(api).giveUpFields(ref),
  },
  'whether it may be changed': {
    right: { status: { allowed: true, reason: 'because' } },
    ask: api => editor(api).mayPatch(ref),
  },
};

describe('a cluster that is asked', () => {
  const token = 'planted-cluster-3fdba35f';
  let server: TestServer;
  let answer = { status: 200, body: '' };
  let pages = 0;
  const found = { attempts: 0, longestStallMs: 0 };

  beforeAll(async () => {
    server = await serve((_, response) => {
      pages += 1;
      // A list that never ends would be read for ever: the third page is no list.
      const body = pages > 3 ? '{}' : answer.body;
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(answer.status === 204 ? undefined : body);
    });
  });

  afterAll(async () => {
    fuzzRun.report('answers of clusters', found);
    await server?.stop();
  });

  const all = Object.entries(questions);

  it.each(all)(
    '%s answers, or fails as a cluster does',
    async (name, { right, ask }) => {
      const api = new KubeConfigApi({
        from: 'url',
        url: server.url,
        serviceAccountToken: token,
        tls: { skipVerify: false },
      });
      const probe = new StallProbe().start();
      let read = 0;
      const attempt = fc.asyncProperty(
        spoiling,
        fc.option(hostileText),
        async (how, text) => {
          const whole = JSON.stringify(right);
          pages = 0;
          answer = {
            status: how.status === 302 ? 200 : how.status,
            body: text ?? spoiled(whole, how, [token]),
          };
          probe.lap();
          try {
            await ask(api, AbortSignal.timeout(10_000));
            read += 1;
          } catch (error) {
            const { name: kind, message } = error as Error;
            if (
              !['KubernetesError', 'EditError'].includes(kind) ||
              message.includes(token)
            ) {
              throw error;
            }
          }
          const stall = await probe.stall();
          found.attempts += 1;
          found.longestStallMs = Math.max(found.longestStallMs, stall);
          expect(stall).toBeLessThan(LONGEST_MS);
        },
      );
      const index = all.findIndex(([other]) => other === name);
      await fuzzRun.rounds(
        seed =>
          fc.assert(attempt, { numRuns: ATTEMPTS, seed, endOnFailure: true }),
        1 / (all.length - index),
      );
      probe.stop();
      expect(read).toBeGreaterThan(0);
    },
  );
});
