import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import {
  sourceExchanges,
  type SourceExchange,
} from '../target/sourceExchanges';
import { KubernetesError, type WatchEvent } from './KubernetesApi';
import { ToldKubernetesApi } from './ToldKubernetesApi';

const signal = new AbortController().signal;
const failing = (failure: 'forbidden' | 'unreachable', status?: number) =>
  new KubernetesError(failure, wording('source.garbled'), status);

/** What is told while `use` uses a cluster that answers as `answer` does. */
async function toldOf(
  answer: () => Promise<unknown>,
  use: (api: ToldKubernetesApi) => Promise<unknown>,
  events: () => AsyncIterable<WatchEvent> = async function* none() {
    yield* [];
  },
): Promise<SourceExchange[]> {
  const told: SourceExchange[] = [];
  const listen = (one: unknown) => told.push(one as SourceExchange);
  sourceExchanges.subscribe(listen);
  try {
    await use(
      new ToldKubernetesApi('shop', {
        get: answer,
        write: answer,
        watch: events,
      }),
    ).catch(() => undefined);
  } finally {
    sourceExchanges.unsubscribe(listen);
  }
  return told;
}

const get = (api: ToldKubernetesApi) => api.get('/api/v1/pods', {}, signal);
const write = (api: ToldKubernetesApi) =>
  api.write(
    {
      method: 'POST',
      path: '/api/v1/pods',
      contentType: 'application/json',
      body: {},
    },
    signal,
  );
const watch = async (api: ToldKubernetesApi) => {
  const seen: WatchEvent[] = [];
  for await (const event of api.watch('/api/v1/pods', {}, signal)) {
    seen.push(event);
  }
};
const refuse = (error: Error) => async () => {
  throw error;
};

describe.each([
  ['a question', get],
  ['a change', write],
])('%s', (_, use) => {
  it.each<[string, () => Promise<unknown>, SourceExchange['outcome']]>([
    ['is answered', async () => ({}), 'ok'],
    ['is refused', refuse(failing('forbidden', 403)), 'refused'],
    ['finds nothing', refuse(failing('unreachable', 404)), 'ok'],
    ['meets another’s change', refuse(failing('unreachable', 409)), 'ok'],
    [
      'meets a server in trouble',
      refuse(failing('unreachable', 503)),
      'refused',
    ],
    ['has no answer', refuse(failing('unreachable')), 'failed'],
    ['meets a mistake of ours', refuse(new Error('no')), 'failed'],
  ])('that %s is told', async (__, answer, outcome) => {
    expect(await toldOf(answer, use)).toEqual([
      {
        source: 'kubernetes',
        cluster: 'shop',
        outcome,
        seconds: expect.any(Number),
      },
    ]);
  });
});

it('passes on what was answered, and what went wrong', async () => {
  const answers = [{ kind: 'Pod' }, failing('forbidden', 403)];
  const api = new ToldKubernetesApi('shop', {
    get: async () => {
      const answer = answers.shift();
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
    write: async () => undefined,
    watch: async function* none() {
      yield* [];
    },
  });
  expect(await get(api)).toEqual({ kind: 'Pod' });
  await expect(get(api)).rejects.toMatchObject({ failure: 'forbidden' });
});

it('tells nothing of a question that nobody waits for any more', async () => {
  const given = new AbortController();
  given.abort();
  expect(
    await toldOf(refuse(new Error('aborted')), api =>
      api.get('/api/v1/pods', {}, given.signal),
    ),
  ).toEqual([]);
});

it('tells of a watch that cannot be opened, and of no other', async () => {
  const event = { type: 'ADDED', object: {} };
  const breaking = (events: WatchEvent[], error?: Error) =>
    async function* some() {
      yield* events;
      if (error) {
        throw error;
      }
    };
  const outcomes = async (events: WatchEvent[], error?: Error) =>
    (await toldOf(async () => ({}), watch, breaking(events, error))).map(
      ({ outcome }) => outcome,
    );
  expect(await outcomes([], failing('forbidden', 403))).toEqual(['refused']);
  expect(await outcomes([], failing('unreachable'))).toEqual(['failed']);
  expect(await outcomes([event], failing('unreachable'))).toEqual([]);
  expect(await outcomes([event])).toEqual([]);
});
