import { known, unknown, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { EditError } from '../../kubernetes/ObjectEditor';
import { EngineRig } from '../__testUtils__/EngineRig';
import { DatabaseCanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';

const { databases } = testDatabases();
const quick = { intervalSeconds: 30, checkSeconds: 15, steps: [5, 50, 100] };

let knex: Knex;
let rig: EngineRig;

beforeEach(async () => {
  knex = await databases.init('SQLITE_3');
  rig = new EngineRig(await DatabaseCanaryStore.create(databaseService(knex)));
}, 60_000);

afterEach(() => knex.destroy());

describe('a canary that goes well', () => {
  it('is carried from its approval to its promotion, and leaves nothing but the weights', async () => {
    const before = structuredClone(rig.cluster.route);
    await rig.running();
    expect(rig.cluster.weights).toEqual({ v1: 95, v2: 5 });
    expect(rig.cluster.route.metadata.annotations).toEqual({
      note: 'keep',
      'ai-mesh.io/canary': 'c1',
    });
    await rig.visits(11 * 300);
    expect((await rig.record()).state).toBe('promoted');
    expect(rig.cluster.weights).toEqual({ v1: 0, v2: 100 });
    expect(rig.cluster.route.metadata.annotations).toEqual(
      before.metadata.annotations,
    );
    const steps = (await rig.history()).filter(({ what }) => what === 'step');
    expect(
      steps.map(
        ({ weightsAfter }) =>
          weightsAfter?.destinations.find(({ role }) => role === 'canary')
            ?.percent,
      ),
    ).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100]);
    expect(rig.cluster.patches).toHaveLength(12);
  }, 60_000);

  it('tells of everything that happened, once', async () => {
    await rig.running(quick);
    await rig.visits(120);
    expect(rig.told.map(({ seq }) => seq)).toEqual(
      rig.told.map((_, i) => i + 1),
    );
    expect(rig.told.at(-1)?.what).toBe('promoted');
    await expect(rig.visit()).resolves.toBe('never');
  });

  it('goes through its header phase first', async () => {
    await rig.running({
      ...quick,
      headerPhase: { headers: [{ name: 'x-testing', value: 'true' }] },
    });
    expect(rig.cluster.route.spec?.http).toHaveLength(3);
    expect(rig.cluster.weights).toEqual({ v1: undefined });
    await rig.visits(30);
    expect(rig.cluster.route.spec?.http).toHaveLength(2);
    expect(rig.cluster.weights).toEqual({ v1: 95, v2: 5 });
  });
});

describe('the time of the next look', () => {
  const inSeconds = async () => {
    const next = await rig.visit();
    return next === 'never' ? next : next.inMs / 1000;
  };

  it('is when the next scrape has arrived', async () => {
    rig.cluster.scrapeIntervalSeconds = 15;
    rig.cluster.prometheus.scrapedSecondsAgo = 8;
    await rig.running({ ...quick, intervalSeconds: 120 });
    rig.now = new Date(+rig.now + 15_000);
    // Scraped 7 s from now, to be found 3 s later.
    expect(await inSeconds()).toBeCloseTo(10.2, 6);
  });

  it('is the plan’s where nothing tells when proxies are scraped', async () => {
    await rig.running(quick);
    rig.now = new Date(+rig.now + 15_000);
    expect(await inSeconds()).toBe(15);
  });

  it('is the plan’s while nothing can be counted: nobody who is away is asked more often', async () => {
    rig.cluster.prometheus.scrapedSecondsAgo = 2.5;
    await rig.running(quick);
    rig.cluster.prometheus.trouble = 'away';
    rig.now = new Date(+rig.now + 1000);
    expect(await inSeconds()).toBe(15);
  });
});

describe('a canary that people stay with', () => {
  const affinity = { cookie: 'canary', maxAgeSeconds: 600, secure: true };
  const written = () => JSON.stringify(rig.cluster.route.spec);

  it('keeps its cookie through every step, and leaves nothing of it once it is promoted', async () => {
    await rig.running({ ...quick, affinity });
    const [first] = rig.cluster.route.spec!.http as object[];
    for (let step = 0; step < 3; step += 1) {
      expect(rig.cluster.route.spec?.http).toHaveLength(3);
      expect(written()).toContain('canary=c1; Path=/; Max-Age=600');
      expect(rig.cluster.route.spec!.http).toContainEqual(first);
      await rig.visits(30);
    }
    await rig.visits(30);
    expect((await rig.record()).state).toBe('promoted');
    expect(rig.cluster.route.spec?.http).toHaveLength(2);
    expect(written()).not.toMatch(/cookie/i);
    expect(rig.cluster.weights).toEqual({ v1: 0, v2: 100 });
  });

  it('gets it after its header phase', async () => {
    await rig.running({
      ...quick,
      affinity,
      headerPhase: { headers: [{ name: 'x-testing', value: 'true' }] },
    });
    expect(written()).not.toMatch(/cookie/i);
    await rig.visits(30);
    expect(rig.cluster.route.spec?.http).toHaveLength(3);
    expect(written()).toContain('canary=c1;');
    expect(written()).not.toContain('"true"');
  });

  it('is rolled back to the byte', async () => {
    const before = written();
    await rig.running({ ...quick, affinity });
    rig.cluster.prometheus.canaryErrorRatio = 0.3;
    await rig.visits(60);
    expect((await rig.record()).state).toBe('rolledBack');
    expect(written()).toBe(before);
  });

  it('is paused where somebody else has changed what keeps them, and writes it again when asked', async () => {
    await rig.running({ ...quick, affinity });
    const before = written();
    rig.cluster.edit('VirtualService', 'chat', object => {
      object.spec = JSON.parse(
        JSON.stringify(object.spec).replace('Max-Age=600', 'Max-Age=1'),
      );
    });
    const theirs = written();
    await rig.visits(60);
    expect(await rig.record()).toMatchObject({
      state: 'paused',
      progress: {
        drift: {
          message: expect.stringContaining('What keeps people with the canary'),
          choices: ['restoreDrift', 'rollBack'],
        },
      },
    });
    expect(written()).toBe(theirs);
    await rig.act('restoreDrift');
    await rig.visit();
    expect(written()).toBe(before);
    expect((await rig.record()).state).toBe('progressing');
  });

  it('finds its write where the answer was lost', async () => {
    await rig.request({ ...quick, affinity });
    await rig.act('approve');
    rig.cluster.afterPatch = () => {
      rig.cluster.afterPatch = () => undefined;
      throw new EditError(
        'unreachable',
        wording('verbatim', { text: 'The connection broke.' }),
      );
    };
    await rig.visits(30);
    expect(await rig.record()).toMatchObject({
      state: 'progressing',
      progress: { affinity: { setCookie: expect.any(String) } },
    });
    expect(rig.cluster.patches).toHaveLength(1);
  });

  describe('and that has most of the requests', () => {
    const small = { ...quick, steps: [5, 10] };

    beforeEach(() => {
      rig.cluster.prometheus.stableTimes = 0.9;
      rig.cluster.prometheus.requests = 110;
    });

    it('has to be known to be no worse before it goes on', async () => {
      await rig.running({ ...small, affinity });
      await rig.visits(60);
      const { progress } = await rig.record();
      expect(progress.step).toBe(0);
      expect(progress.hold?.message).toContain('before it gets more than half');
      await rig.visits(1200);
      expect((await rig.record()).state).toBe('promoted');
    });

    it('goes on by its weight where nobody is kept', async () => {
      await rig.running(small);
      await rig.visits(60);
      expect((await rig.record()).progress.step).toBeGreaterThanOrEqual(1);
    });
  });
});

describe('a canary whose Service changes hands', () => {
  const theirs = known(['component:default/other']);
  const nobodys = known<string[]>([]);

  it.each([
    ['nobody’s', nobodys],
    ['another’s', theirs],
  ])('stays where it is once it is %s', async (_, owners) => {
    await rig.running(quick);
    rig.owners = owners;
    await rig.visits(60);
    expect(await rig.record()).toMatchObject({
      state: 'paused',
      progress: { pause: { cause: 'not-proven' } },
    });
    expect(rig.cluster.weights).toEqual({ v1: 95, v2: 5 });
    expect(rig.told.at(-1)?.what).toBe('disowned');
  });

  it('goes on for the new owner who resumes it', async () => {
    await rig.running(quick);
    rig.owners = theirs;
    await rig.visits(15);
    await rig.act('resume');
    await rig.visits(120);
    expect((await rig.record()).state).toBe('promoted');
  });

  it('can be rolled back while it is nobody’s', async () => {
    await rig.running(quick);
    rig.owners = nobodys;
    await rig.visits(15);
    await rig.act('rollBack');
    await rig.visits(15);
    expect((await rig.record()).state).toBe('rolledBack');
  });

  it('is held, and not stopped, while nobody can say whose it is', async () => {
    await rig.running(quick);
    rig.owners = unknown('source-unreachable', 'The catalog is away.');
    await rig.visits(60);
    expect(await rig.record()).toMatchObject({
      state: 'progressing',
      progress: { hold: { message: 'The catalog is away.' } },
    });
    expect(rig.cluster.weights).toEqual({ v1: 95, v2: 5 });
  });

  it('does not start where that happened after its approval', async () => {
    await rig.request(quick);
    await rig.act('approve');
    rig.owners = nobodys;
    await rig.visit();
    expect((await rig.record()).state).toBe('failed');
    expect(rig.cluster.patches).toEqual([]);
  });
});

describe('a canary that has ended', () => {
  it('owns no field of its route any more, promoted or rolled back', async () => {
    await rig.running({ ...quick, steps: [50] });
    await rig.visits(60);
    expect((await rig.record()).state).toBe('promoted');
    await rig.visit();
    expect(rig.cluster.givenUp).toEqual(['chat']);
    expect((await rig.record()).progress.fieldsToGiveUp).toBeUndefined();
    await expect(rig.visit()).resolves.toBe('never');
  });

  it('tries again where the cluster does not answer, and not for ever', async () => {
    await rig.running(quick);
    await rig.act('rollBack');
    await rig.visit();
    rig.cluster.trouble = 'away';
    await rig.visit();
    expect((await rig.record()).progress.fieldsToGiveUp).toEqual({
      failures: 1,
    });
    rig.cluster.trouble = undefined;
    await rig.visit();
    expect(rig.cluster.givenUp).toEqual(['chat']);
    expect(await rig.record()).toMatchObject({ state: 'rolledBack' });
    await expect(rig.visit()).resolves.toBe('never');
  });

  it('leaves them after ten tries, says so in its history, and touches nothing any more', async () => {
    await rig.running(quick);
    await rig.act('rollBack');
    await rig.visit();
    rig.cluster.trouble = 'forbidden';
    for (let tries = 1; tries < 10; tries += 1) {
      await rig.visit();
      expect((await rig.record()).progress.fieldsToGiveUp).toEqual({
        failures: tries,
      });
    }
    await expect(rig.visit()).resolves.toBe('never');
    expect(await rig.record()).toMatchObject({
      state: 'rolledBack',
      endedAt: expect.any(String),
    });
    expect((await rig.history()).at(-1)).toMatchObject({
      what: 'keptFields',
      from: 'rolledBack',
      to: 'rolledBack',
      by: 'engine',
      reason:
        "The portal still manages the rules of VirtualService ai/chat: 10 times it could not give them up. The portal may not patch VirtualService chat. An apply on the server's side meets a conflict with 'ai-mesh' until one forces it.",
    });
    rig.cluster.trouble = undefined;
    await rig.visit();
    expect(rig.cluster.givenUp).toEqual([]);
  });
});

describe('a canary that goes badly', () => {
  it('is rolled back at the next check, and the route is as it was to the byte', async () => {
    const before = structuredClone(rig.cluster.route);
    await rig.running();
    await rig.visits(60);
    rig.cluster.prometheus.canaryErrorRatio = 0.15;
    await rig.visits(15);
    expect((await rig.record()).state).toBe('rolledBack');
    const after = rig.cluster.route;
    expect(JSON.stringify(after.spec)).toBe(JSON.stringify(before.spec));
    expect(JSON.stringify(after.metadata.annotations)).toBe(
      JSON.stringify(before.metadata.annotations),
    );
    expect(
      (await rig.history()).find(({ what }) => what === 'breach'),
    ).toMatchObject({
      reason:
        "Error rate: 15% of 1,000 requests failed, of the stable version's 1,000 it was 0%: more than 5%, and not by chance.",
    });
  });

  it('waits for four scrapes after a change of weights to say anything good of it', async () => {
    await rig.running({ ...quick, checkSeconds: 5 });
    await rig.visits(5);
    expect((await rig.record()).progress.hold?.message).toBe(
      'The weights changed 5 s ago; four scrapes take 8 s.',
    );
  });

  it('judges all that is measured as soon as there are four, however long the interval', async () => {
    await rig.running({ checkSeconds: 4, intervalSeconds: 3600 });
    rig.cluster.prometheus.requests = 4;
    await rig.visits(4);
    expect((await rig.record()).progress.hold?.message).toContain(
      'four scrapes take 8 s',
    );
    await rig.visits(4);
    const { check } = (await rig.record()).progress;
    expect(check?.windowSeconds).toBe(8);
    expect(check?.gates.map(({ gate }) => gate)).toEqual(
      expect.arrayContaining(['latency-p99', 'tokens-per-request']),
    );
    rig.cluster.prometheus.canaryMs = 100_000;
    rig.cluster.prometheus.requests = 1000;
    await rig.visits(12);
    expect((await rig.record()).state).toBe('rolledBack');
    expect(
      (await rig.history()).find(({ what }) => what === 'breach')?.reason,
    ).toContain('p99 latency');
  });

  it('does not wait for them where its requests fail, and not by chance', async () => {
    await rig.running({ ...quick, checkSeconds: 5 });
    rig.cluster.prometheus.canaryErrorRatio = 0.15;
    await rig.visits(5);
    expect((await rig.record()).state).toBe('rolledBack');
  });

  it('does not wait for them where nobody can reach the canary', async () => {
    await rig.running({ ...quick, checkSeconds: 5 });
    rig.cluster.edit('EndpointSlice', 'chat', object => {
      (object as unknown as { endpoints: unknown[] }).endpoints.pop();
    });
    await rig.visits(5);
    expect((await rig.record()).state).toBe('rolledBack');
  });
});

describe('what a look asks Prometheus for', () => {
  const asked = async () => {
    rig.cluster.prometheus.asked = [];
    await rig.visits(15);
    return rig.cluster.prometheus.asked;
  };

  it('is the counts since the last look, how metrics are spelt, and a long window; a short one only for means that are exported', async () => {
    await rig.running();
    await rig.visits(30);
    const [counts, names, long, ...more] = await asked();
    expect(more).toEqual([]);
    // Kept for a minute, where there is a cache.
    expect(names).toContain('count by (__name__)');
    expect(counts).toMatch(/istio_requests_total\{[^}]*\} @ \d+/);
    expect(long).toContain('gen_ai_client_token_usage');
  });

  it('is asked once where there is no answer', async () => {
    await rig.running();
    await rig.visits(30);
    rig.cluster.prometheus.trouble = 'away';
    expect(await asked()).toHaveLength(1);
  });
});

describe('drift', () => {
  it('by an edit of the weights pauses, and nothing is overwritten', async () => {
    await rig.running();
    rig.cluster.setWeights(50, 50);
    await rig.visits(15);
    expect(await rig.record()).toMatchObject({
      state: 'paused',
      progress: {
        pause: {
          cause: 'drift',
          message:
            "The route's weights are v1 50 / v2 50, not v1 95 / v2 5: somebody else has changed them.",
        },
        drift: { choices: ['adoptDrift', 'restoreDrift', 'rollBack'] },
      },
    });
    await rig.visits(300);
    expect(rig.cluster.weights).toEqual({ v1: 50, v2: 50 });
  });

  it('adopted, goes on from there; restored, takes the weights back', async () => {
    await rig.running();
    rig.cluster.setWeights(50, 50);
    await rig.visits(15);
    await rig.act('adoptDrift');
    await rig.visits(300);
    expect(rig.cluster.weights).toEqual({ v1: 45, v2: 55 });
    rig.cluster.setWeights(1, 99);
    await rig.visits(15);
    await rig.act('restoreDrift');
    await rig.visit();
    expect(rig.cluster.weights).toEqual({ v1: 45, v2: 55 });
    expect((await rig.record()).state).toBe('progressing');
  });

  it('is seen by a roll-back of the engine, too', async () => {
    await rig.running();
    await rig.visits(30);
    rig.cluster.prometheus.canaryErrorRatio = 0.5;
    rig.cluster.beforePatch = () => {
      rig.cluster.beforePatch = () => undefined;
      rig.cluster.setWeights(20, 80);
    };
    await rig.visits(15);
    expect(await rig.record()).toMatchObject({
      state: 'paused',
      progress: { pause: { cause: 'drift' } },
    });
    expect(rig.cluster.weights).toEqual({ v1: 20, v2: 80 });
    await rig.act('rollBack');
    await rig.visit();
    expect((await rig.record()).state).toBe('rolledBack');
    expect(rig.cluster.weights).toEqual({ v1: undefined });
  });

  it('by a header rule that somebody removed', async () => {
    await rig.running({
      ...quick,
      headerPhase: { headers: [{ name: 'x-testing', value: 'true' }] },
    });
    rig.cluster.edit('VirtualService', 'chat', object => {
      (object.spec?.http as unknown[]).splice(1, 1);
    });
    await rig.visits(15);
    expect((await rig.record()).progress.pause?.cause).toBe('drift');
    await rig.act('restoreDrift');
    await rig.visit();
    expect(rig.cluster.route.spec?.http).toHaveLength(3);
  });

  it.each([
    [
      'the VirtualService is',
      () => rig.cluster.delete('VirtualService', 'chat'),
    ],
    [
      'the route is',
      () =>
        rig.cluster.edit('VirtualService', 'chat', object => {
          (object.spec?.http as unknown[]).pop();
        }),
    ],
    [
      'the subset is',
      () =>
        rig.cluster.edit('DestinationRule', 'chat', object => {
          (object.spec?.subsets as unknown[]).pop();
        }),
    ],
  ])('%s gone: pauses, and a roll-back ends it', async (_, remove) => {
    await rig.running();
    remove();
    await rig.visits(15);
    expect(await rig.record()).toMatchObject({
      state: 'paused',
      progress: {
        pause: { cause: 'drift' },
        drift: { choices: ['resume', 'rollBack'] },
      },
    });
    await rig.act('rollBack');
    await rig.visit();
    expect((await rig.record()).state).toBe('rolledBack');
    expect(
      rig.cluster.objects.filter(
        ({ metadata }) => metadata.annotations?.['ai-mesh.io/canary'],
      ),
    ).toEqual([]);
  });

  it('does not mistake other changes of the object for its own weights', async () => {
    await rig.running();
    rig.cluster.edit('VirtualService', 'chat', object => {
      (object.spec?.http as unknown[]).unshift({
        match: [{ uri: { exact: '/new' } }],
        route: [{ destination: { host: 'chat', subset: 'v1' } }],
      });
      object.metadata.labels = { team: 'ai' };
    });
    await rig.visits(300);
    expect(rig.cluster.weights).toEqual({ v1: 85, v2: 15 });
    expect(rig.cluster.route.spec?.http).toHaveLength(3);
  });
});

describe('somebody else who writes at the same time', () => {
  it('is followed: read again, decide again', async () => {
    await rig.running();
    let times = 0;
    rig.cluster.beforePatch = () => {
      if (times++ < 4) {
        rig.cluster.edit('VirtualService', 'chat', object => {
          object.metadata.labels = { edit: String(times) };
        });
      }
    };
    await rig.visits(300);
    expect(times).toBe(5);
    expect(rig.cluster.weights).toEqual({ v1: 85, v2: 15 });
    expect(rig.cluster.route.metadata.labels).toEqual({ edit: '4' });
  });

  it('is given way after five attempts, which shows, and it is tried again at the next check', async () => {
    await rig.running();
    rig.cluster.beforePatch = () =>
      rig.cluster.edit('VirtualService', 'chat', () => undefined);
    await rig.visits(300);
    expect(await rig.record()).toMatchObject({
      state: 'progressing',
      intent: undefined,
      progress: {
        hold: {
          reason: 'write-conflict',
          message:
            'Somebody else changed the route each of the 5 times that it was to be written.',
        },
      },
    });
    rig.cluster.beforePatch = () => undefined;
    await rig.visits(15);
    expect(rig.cluster.weights).toEqual({ v1: 85, v2: 15 });
  });
});

describe('an interval shorter than four scrapes', () => {
  beforeEach(async () => {
    await rig.running({ intervalSeconds: 10, checkSeconds: 1 });
    // As for a canary that an older release let start.
    rig.cluster.scrapeIntervalSeconds = 5;
  });

  it('is judged as soon as there are four, and goes on', async () => {
    await rig.visits(19);
    expect(await rig.percent()).toBe(5);
    await rig.visits(3);
    expect(await rig.percent()).toBe(15);
  });

  it('is rolled back as soon as there are four', async () => {
    rig.cluster.prometheus.canaryErrorRatio = 0.5;
    await rig.visits(25);
    expect((await rig.record()).state).toBe('rolledBack');
  });
});

describe('sources that fail', () => {
  it.each([
    ['away', 'source-unreachable'],
    ['nan', 'no-data'],
    ['empty', 'no-data'],
  ] as const)(
    'Prometheus %s: holds, and goes on when it is back',
    async (trouble, reason) => {
      await rig.running();
      rig.cluster.prometheus.trouble = trouble;
      await rig.visits(600);
      expect(await rig.record()).toMatchObject({
        state: 'progressing',
        progress: {
          hold: {
            reason,
          },
        },
      });
      expect(rig.cluster.weights).toEqual({ v1: 95, v2: 5 });
      rig.cluster.prometheus.trouble = undefined;
      await rig.visits(300);
      expect(await rig.percent()).toBe(15);
    },
  );

  it('API server away for two minutes: holds and says so', async () => {
    await rig.running();
    rig.cluster.trouble = 'away';
    await rig.visits(120);
    expect((await rig.record()).progress.hold).toMatchObject({
      reason: 'source-unreachable',
      message:
        "The cluster 'shop' did not get VirtualService chat: nothing listens there (ECONNREFUSED).",
    });
    rig.cluster.trouble = undefined;
    await rig.visits(300);
    expect(rig.cluster.weights).toEqual({ v1: 85, v2: 15 });
  });

  it.each(['patch', 'every request'])(
    'API server that starts and forbids %s: goes on by itself',
    async what => {
      await rig.running();
      await rig.visits(285);
      rig.cluster.trouble = what === 'patch' ? 'forbidden' : 'starts';
      await rig.visits(15);
      expect(await rig.record()).toMatchObject({
        state: 'progressing',
        progress: {
          hold: {
            reason: 'source-unreachable',
            message: expect.stringContaining('may not'),
          },
        },
      });
      rig.cluster.trouble = undefined;
      await rig.visits(15);
      expect(rig.cluster.weights).toEqual({ v1: 85, v2: 15 });
    },
  );

  it.each(['away', 'starts'] as const)(
    'API server that %s: judges by what Prometheus says, and goes back as soon as it can',
    async trouble => {
      await rig.running();
      await rig.visits(30);
      rig.cluster.trouble = trouble;
      await rig.visits(15);
      const { progress } = await rig.record();
      expect(progress.check?.at).toBe(rig.now.toISOString());
      expect(
        progress.check?.gates.find(({ gate }) => gate === 'error-rate')
          ?.outcome,
      ).toBe('pass');
      rig.cluster.prometheus.canaryErrorRatio = 0.5;
      await rig.visits(15);
      expect((await rig.record()).state).toBe('rollingBack');
      expect(rig.cluster.weights).toEqual({ v1: 95, v2: 5 });
      rig.cluster.trouble = undefined;
      await rig.visits(15);
      expect((await rig.record()).state).toBe('rolledBack');
      expect(rig.cluster.weights).toEqual({ v1: undefined });
    },
  );

  it('API server that starts during a roll-back: restores without calling anybody', async () => {
    await rig.running();
    rig.cluster.prometheus.canaryErrorRatio = 0.5;
    rig.cluster.trouble = 'forbidden';
    await rig.visits(30);
    expect((await rig.record()).state).toBe('rollingBack');
    rig.cluster.trouble = undefined;
    await rig.visits(15);
    expect((await rig.record()).state).toBe('rolledBack');
    expect(await rig.history()).not.toContainEqual(
      expect.objectContaining({ to: 'paused' }),
    );
  });

  it('right revoked: pauses and names it; given back: goes on when a person says so', async () => {
    await rig.running();
    rig.cluster.trouble = 'forbidden';
    await rig.visits(360);
    expect(await rig.record()).toMatchObject({
      state: 'paused',
      progress: {
        pause: {
          cause: 'forbidden',
          message: 'The portal may not patch VirtualService chat.',
        },
      },
    });
    rig.cluster.trouble = undefined;
    await rig.act('resume');
    await rig.visits(15);
    expect(rig.cluster.weights).toEqual({ v1: 85, v2: 15 });
  });

  it('right revoked during a roll-back: pauses, keeps trying, and restores when it can', async () => {
    await rig.running();
    await rig.visits(30);
    rig.cluster.trouble = 'forbidden';
    rig.cluster.prometheus.canaryErrorRatio = 0.5;
    await rig.visits(105);
    expect((await rig.record()).progress.pause?.cause).toBe(
      'could-not-restore',
    );
    rig.cluster.trouble = undefined;
    await rig.visits(15);
    expect((await rig.record()).state).toBe('rolledBack');
    expect(rig.cluster.weights).toEqual({ v1: undefined });
  });

  it('cluster that is not configured any more: holds', async () => {
    await rig.running();
    rig.tools.clusters = { get: () => undefined, list: () => [] };
    await rig.visits(15);
    expect((await rig.record()).progress.hold?.message).toContain(
      "The cluster 'demo' is not configured any more",
    );
  });
});

describe('a write that failed', () => {
  it('is tried again soon, and later each time', async () => {
    await rig.running(quick);
    await rig.visits(15);
    rig.cluster.trouble = 'refusesReads';
    const waits: number[] = [];
    for (let i = 0; i < 4; i++) {
      rig.pass(15);
      const next = await rig.visit();
      waits.push(next === 'never' ? NaN : next.inMs);
    }
    expect(waits).toEqual([1500, 3000, 6000, 12_000]);
  });

  it('is no reason to hurry once there is nothing to write', async () => {
    await rig.running(quick);
    await rig.visits(15);
    rig.cluster.trouble = 'refusesReads';
    await rig.visits(15);
    expect((await rig.record()).progress.failedWrites?.count).toBe(1);
    rig.cluster.trouble = undefined;
    rig.cluster.prometheus.trouble = 'empty';
    rig.pass(15);
    await expect(rig.visit()).resolves.toEqual({ inMs: 15_000 });
  });
});

describe('an answer that is lost', () => {
  it('of a write that happened: is found and recorded, not written twice', async () => {
    await rig.running();
    rig.cluster.afterPatch = () => {
      rig.cluster.afterPatch = () => undefined;
      rig.cluster.trouble = 'away';
      throw new EditError(
        'unreachable',
        wording('verbatim', { text: 'The connection was cut.' }),
      );
    };
    await rig.visits(300);
    expect((await rig.record()).intent).toBeDefined();
    const sent = rig.cluster.patches.length;
    rig.cluster.trouble = undefined;
    await rig.visits(15);
    expect(rig.cluster.patches).toHaveLength(sent);
    expect(await rig.percent()).toBe(15);
    expect((await rig.record()).intent).toBeUndefined();
  });

  it('of a write that did not happen: it is decided again', async () => {
    await rig.running();
    rig.cluster.beforePatch = () => {
      rig.cluster.beforePatch = () => undefined;
      throw new EditError(
        'unreachable',
        wording('verbatim', { text: 'The connection was cut.' }),
      );
    };
    await rig.visits(300);
    expect(rig.cluster.weights).toEqual({ v1: 95, v2: 5 });
    await rig.visits(15);
    expect(rig.cluster.weights).toEqual({ v1: 85, v2: 15 });
    expect(
      (await rig.history()).filter(({ what }) => what === 'step'),
    ).toHaveLength(2);
  });
});

describe('a write that arrives late', () => {
  it('after it was given up: is recorded, and not taken for drift', async () => {
    await rig.running();
    rig.cluster.beforePatch = () => {
      rig.cluster.beforePatch = () => {
        rig.cluster.beforePatch = () => undefined;
        rig.cluster.setWeights(85, 15);
      };
      throw new EditError(
        'unreachable',
        wording('verbatim', { text: 'The connection was cut.' }),
      );
    };
    await rig.visits(315);
    expect(await rig.record()).toMatchObject({ state: 'progressing' });
    expect(await rig.percent()).toBe(15);
    expect(
      (await rig.history()).filter(({ what }) => what === 'step'),
    ).toHaveLength(2);
  });

  it('after a person has acted: nobody else touches the route before it is known', async () => {
    await rig.running();
    const other = new EngineRig(rig.store, 'replica-b', rig.cluster);
    other.now = rig.now;
    let taken: string[] | undefined;
    rig.cluster.beforePatch = () => {
      rig.cluster.beforePatch = () => undefined;
      // The process waits for the API server here; a person and another replica do not.
      rig.cluster.patchWaitsFor = (async () => {
        await rig.act('rollBack');
        taken = await other.store.claim(other.tools.lease, 10);
      })();
    };
    await rig.visits(300);
    expect(taken).toEqual([]);
    expect((await rig.record()).intent).toBeDefined();
    await rig.visit();
    expect((await rig.record()).state).toBe('rolledBack');
    expect(rig.cluster.weights).toEqual({ v1: undefined });
    expect((await rig.history()).map(({ what }) => what).slice(-3)).toEqual([
      'rollBack',
      'landed',
      'restored',
    ]);
  });
});

describe('before the start', () => {
  it('a request that nobody decides on expires', async () => {
    await rig.request();
    rig.pass(8 * 86_400);
    await rig.visit();
    expect((await rig.record()).state).toBe('expired');
  });

  it('an approved canary waits for its window, and fails when that is over', async () => {
    const at = (minutes: number) =>
      new Date(rig.now.getTime() + minutes * 60_000).toISOString();
    await rig.request({ startWindow: { notBefore: at(10), notAfter: at(20) } });
    await rig.act('approve');
    await rig.visit();
    expect((await rig.record()).state).toBe('approved');
    rig.pass(25 * 60);
    await rig.visit();
    expect(await rig.record()).toMatchObject({ state: 'failed' });
    expect((await rig.history()).at(-1)?.reason).toBe(
      'Its time window is over, and it had not started.',
    );
  });

  it('a preflight that blocks fails it, word for word', async () => {
    rig.cluster.trouble = 'refuses';
    await rig.running();
    expect(await rig.record()).toMatchObject({
      state: 'failed',
      progress: {
        preflight: {
          checks: expect.arrayContaining([
            {
              code: 'dry-run',
              outcome: 'blocks',
              message: 'The cluster would not take the first write.',
              words: [{ key: 'dryRun.refused' }],
              detail: 'A webhook says no.',
            },
          ]),
        },
      },
    });
    expect(rig.cluster.patches).toEqual([]);
  });

  it('a cluster that does not answer keeps it waiting', async () => {
    rig.cluster.trouble = 'away';
    await rig.running();
    expect((await rig.record()).state).toBe('approved');
    rig.cluster.trouble = undefined;
    await rig.visit();
    expect((await rig.record()).state).toBe('progressing');
  });
});

describe('after the promotion', () => {
  const plan = {
    ...quick,
    steps: [100],
    cleanUp: { soakSeconds: 60, reversibleSeconds: 600 },
  };
  const replicas = () =>
    (rig.cluster.find('Deployment', 'chat-v1').spec as { replicas: number })
      .replicas;

  it('scales the old version down when asked, and up again', async () => {
    await rig.running(plan);
    await rig.visits(45);
    expect((await rig.record()).state).toBe('promoted');
    await rig.visits(60);
    expect((await rig.record()).progress.cleanUp).toMatchObject({
      status: 'offered',
      workloads: [{ object: { name: 'chat-v1' }, replicas: 2 }],
    });
    expect(replicas()).toBe(2);
    await rig.act('cleanUp');
    await rig.visit();
    expect(replicas()).toBe(0);
    expect((await rig.record()).progress.cleanUp).toMatchObject({
      status: 'done',
      workloads: [{ object: { name: 'chat-v1' }, replicas: 2 }],
    });
    await rig.act('undoCleanUp');
    await rig.visit();
    expect(replicas()).toBe(2);
    expect((await rig.record()).progress.cleanUp?.status).toBe('undone');
  });

  it.each([
    ['were more by then', 5, 5],
    ['were scaled to nothing by a try that was cut off', 0, 2],
  ])('gives back the replicas that %s', async (_, found, restored) => {
    await rig.running(plan);
    await rig.visits(120);
    const spec = rig.cluster.find('Deployment', 'chat-v1').spec as {
      replicas: number;
    };
    spec.replicas = found;
    await rig.act('cleanUp');
    await rig.visit();
    expect(replicas()).toBe(0);
    await rig.act('undoCleanUp');
    await rig.visit();
    expect(replicas()).toBe(restored);
  });

  it('does not, where a rule still sends to it', async () => {
    await rig.running(plan);
    await rig.visits(120);
    rig.cluster.setWeights(10, 90);
    await rig.act('cleanUp');
    await rig.visit();
    expect(replicas()).toBe(2);
    expect((await rig.record()).progress.cleanUp).toMatchObject({
      status: 'offered',
      message:
        'spec.http[1] of VirtualService ai/chat still sends to chat.ai.svc.cluster.local (v1).',
    });
  });

  it('cannot be undone for ever', async () => {
    await rig.running(plan);
    await rig.visits(120);
    await rig.act('cleanUp');
    await rig.visit();
    rig.pass(601);
    await expect(rig.act('undoCleanUp')).rejects.toThrow(
      "does not allow 'undoCleanUp'",
    );
  });
});
