import type {
  AiMeshCanaryApi,
  CanaryDetails,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { waitForCanaryAction } from './waitForCanaryAction';

function canary(state: string, message = ''): CanaryDetails {
  return {
    id: 'c1',
    entityRef: 'component:default/chat',
    state,
    next: { action: 'wait', message },
    transitions: [{ reason: 'Errors above 5%' }],
  } as unknown as CanaryDetails;
}

/** A canary that is one thing after another, each for one look. */
function after(...looks: (CanaryDetails | Error)[]): AiMeshService {
  const api = {
    canary: async () => {
      const look = looks.length > 1 ? looks.shift()! : looks[0];
      if (look instanceof Error) {
        throw look;
      }
      return look;
    },
  } as unknown as AiMeshCanaryApi;
  return {
    canariesOnBehalfOf: () => api,
    onBehalfOf: () => {
      throw new Error('not asked');
    },
  };
}

const refused = (statusCode: number) =>
  Object.assign(new Error(`Refused with ${statusCode}`), {
    name: 'ResponseError',
    statusCode,
  });

async function wait(
  service: AiMeshService,
  timeoutSeconds = 30,
  {
    signal,
    pollSeconds = 0.01,
  }: { signal?: AbortSignal; pollSeconds?: number } = {},
) {
  const log: string[] = [];
  const say = (message: string) => {
    log.push(message);
  };
  const context = createMockActionContext({
    input: { id: 'c1', timeoutSeconds, pollSeconds },
    logger: mockServices.logger.mock({ info: say, warn: say }),
  });
  await waitForCanaryAction(service).handler({ ...context, signal } as never);
  return { log, output: context.output };
}

it('says what changes, and ends with the promotion', async () => {
  const { log, output } = await wait(
    after(
      canary('requested', 'Waits for approval'),
      canary('progressing', '10% next'),
      canary('progressing', '10% next'),
      canary('promoted'),
    ),
  );
  expect(log).toEqual([
    'requested: Waits for approval',
    'progressing: 10% next',
    'The canary is promoted.',
  ]);
  expect(output).toHaveBeenCalledWith('state', 'promoted');
});

it.each(['rejected', 'cancelled', 'expired', 'failed', 'rollingBack'])(
  'fails where it is %s, with the reason and where to look',
  async state => {
    await expect(
      wait(after(canary('progressing'), canary(state))),
    ).rejects.toThrow(
      `The canary is ${state}: Errors above 5% (/catalog/default/component/chat/ai-mesh/canary/c1)`,
    );
  },
);

it.each([refused(503), refused(429), new TypeError('fetch failed')])(
  'waits on through %s',
  async trouble => {
    const { log } = await wait(after(trouble, canary('promoted')));
    expect(log[0]).toMatch(/trying again/);
  },
);

it.each([refused(401), refused(403), refused(404), new Error('nonsense')])(
  'ends at %s',
  async trouble => {
    await expect(wait(after(trouble))).rejects.toThrow(trouble.message);
  },
);

it('does not wait for ever', async () => {
  await expect(
    wait(after(canary('paused', 'A person decides')), 0),
  ).rejects.toThrow(
    'The canary was not promoted within 0 s; it goes on without this task. paused: A person decides',
  );
});

it('ends at once where its task is cancelled between two looks, and leaves the canary alone', async () => {
  const cancelling = new AbortController();
  const looked = jest.fn<Promise<CanaryDetails>, [string, object?]>(
    async () => {
      setTimeout(() => cancelling.abort(), 10);
      return canary('progressing', '10% next');
    },
  );
  const rest = new Proxy(
    { canary: looked },
    {
      get: (known, name) =>
        name === 'canary'
          ? known.canary
          : () => {
              throw new Error(`${String(name)} is not for a wait`);
            },
    },
  );
  const begun = Date.now();
  await expect(
    wait(
      {
        ...after(canary('progressing')),
        canariesOnBehalfOf: () => rest as unknown as AiMeshCanaryApi,
      },
      86_400,
      { signal: cancelling.signal, pollSeconds: 300 },
    ),
  ).rejects.toMatchObject({ name: 'AbortError' });
  expect(Date.now() - begun).toBeLessThan(30_000);
  expect(looked).toHaveBeenCalledTimes(1);
  expect(looked).toHaveBeenCalledWith('c1', { signal: cancelling.signal });
});

it('ends a look under way where its task is cancelled', async () => {
  const cancelling = new AbortController();
  const never = async (_: string, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise<never>((_resolve, reject) => {
      signal!.addEventListener('abort', () => reject(signal!.reason));
      setTimeout(() => cancelling.abort(), 10);
    });
  await expect(
    wait(
      {
        ...after(canary('progressing')),
        canariesOnBehalfOf: () =>
          ({ canary: never }) as unknown as AiMeshCanaryApi,
      },
      86_400,
      { signal: cancelling.signal },
    ),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

describe('a request for two clusters', () => {
  const both = (east: string, west: string): CanaryDetails => ({
    ...canary(east, 'east goes on'),
    others: [
      {
        ...canary(west, 'west goes on'),
        id: 'c2',
        service: { cluster: 'west', namespace: 'ai', name: 'chat' },
      },
    ],
  });

  it('has come so far when both have', async () => {
    const { log } = await wait(
      after(
        both('progressing', 'approved'),
        both('promoted', 'progressing'),
        both('promoted', 'promoted'),
      ),
    );
    expect(log).toEqual([
      'progressing: east goes on',
      'progressing: west goes on',
      'The canary is promoted.',
    ]);
  });

  it('fails with either', async () => {
    await expect(wait(after(both('promoted', 'rolledBack')))).rejects.toThrow(
      "The canary in cluster 'west' is rolledBack, and so the request has failed (/catalog/default/component/chat/ai-mesh/canary/c2)",
    );
  });
});
