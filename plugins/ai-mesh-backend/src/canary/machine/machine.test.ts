import {
  canaryPercent,
  canaryPlanWeights,
  type CanaryActionName,
  type CanaryTransition,
  type CanaryVerdict,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  act,
  expire,
  failStart,
  look,
  nextOf,
  start,
  wrote,
  writeFailed,
  type CanaryRecord,
  type Outcome,
  type WriteFailure,
} from '.';
import { inBothLanguages } from '../gates/__testUtils__/inBothLanguages';
import { aCanary, check, weights } from './__testUtils__/aCanary';

/** Plays the engine against a cluster that takes every write, with a clock of its own. */
class Play {
  record: CanaryRecord;
  readonly history: CanaryTransition[] = [];
  now = new Date('2025-06-01T12:00:00Z');

  constructor(plan: Parameters<typeof aCanary>[0] = {}) {
    this.record = aCanary(plan);
  }

  take({ record, transitions }: Outcome): this {
    this.record = record;
    this.history.push(...transitions);
    return this;
  }

  act(action: CanaryActionName, by = 'user:default/anna', reason = 'because') {
    return this.take(
      act(this.record, { action, reason } as never, by, this.now),
    );
  }

  started(present = 0): this {
    this.act('approve');
    const { plan } = this.record;
    this.take(
      start(
        this.record,
        {
          original: {
            stableWeight: 100 - present,
            canary: { weight: present },
            annotations: false,
            weights: weights(present),
          },
          steps: canaryPlanWeights(plan).filter(step => step > present),
          baseline: undefined,
          preflight: {
            at: this.now.toISOString(),
            checks: [],
            steps: [],
            patch: [],
            diff: [],
          },
        },
        this.now,
      ),
    );
    return this.write();
  }

  /** Lets the cluster take the write that has been decided on. */
  write(): this {
    const { move, steps, written, original } = this.record.progress;
    if (!move) {
      return this;
    }
    const before = written ?? weights(0);
    const after = {
      header: () => ({ ...before, headerRule: true }),
      step: () => weights(move.kind === 'step' ? steps[move.step] : 0),
      finish: () => before,
      restore: () => original?.weights ?? weights(0),
      rewrite: () => before,
    }[move.kind]();
    return this.take(
      wrote(
        this.record,
        {
          move,
          before,
          after,
          headerRule: move.kind === 'header' ? { name: 'ours' } : undefined,
        },
        this.now,
      ),
    );
  }

  pass(seconds: number): this {
    this.now = new Date(this.now.getTime() + seconds * 1000);
    return this;
  }

  looks(outcome: CanaryVerdict['outcome'], times = 1): this {
    for (let i = 0; i < times; i++) {
      this.pass(this.record.plan.checkSeconds);
      this.take(
        look(this.record, { check: check(outcome, this.now) }, this.now),
      );
    }
    return this;
  }

  fails(reason: WriteFailure['reason'], message = 'no'): this {
    return this.take(writeFailed(this.record, { reason, message }, this.now));
  }

  get percent() {
    return canaryPercent(this.record.progress.written!);
  }
}

describe('a whole promotion', () => {
  it('goes 5, 15, ... 100 without waiting for a clock', () => {
    const play = new Play().started();
    const seen = [play.percent];
    for (let i = 0; play.record.state === 'progressing' && i < 1000; i++) {
      play.looks('pass').write();
      if (seen.at(-1) !== play.percent) {
        seen.push(play.percent);
      }
    }
    expect(seen).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100]);
    expect(play.record.state).toBe('promoted');
    expect(play.record.endedAt).toBe(play.now.toISOString());
    // 11 steps of 5 minutes each: 20 checks.
    expect(play.now.toISOString()).toBe('2025-06-01T12:55:00.000Z');
  });

  it('leaves a history without gaps, each row beginning where the one before ended', () => {
    const play = new Play({ intervalSeconds: 15 }).started();
    for (let i = 0; i < 50; i++) {
      play.looks('pass').write();
    }
    expect(play.history.map(({ seq }) => seq)).toEqual(
      play.history.map((_, i) => i + 2),
    );
    play.history.slice(1).forEach((row, i) => {
      expect(row.from).toBe(play.history[i].to);
    });
    expect(play.record.version).toBe(play.history.at(-1)?.seq);
  });

  it('begins above a weight that the canary has already', () => {
    const play = new Play().started(10);
    expect(play.record.progress.steps[0]).toBe(15);
    expect(play.percent).toBe(15);
  });
});

describe('a look', () => {
  it('advances no sooner than the interval', () => {
    const play = new Play().started().looks('pass', 19).write();
    expect(play.percent).toBe(5);
    expect(inBothLanguages(nextOf(play.record))).toEqual({
      action: 'advance',
      weight: 15,
      at: '2025-06-01T12:05:00.000Z',
      message: 'Goes to 15% if the gates pass.',
    });
    expect(play.looks('pass').write().percent).toBe(15);
  });

  it('rolls back at once for a breach, and restores the weights of before', () => {
    const play = new Play().started(10).looks('breach');
    expect(play.record.state).toBe('rollingBack');
    play.write();
    expect(play.record.state).toBe('rolledBack');
    expect(play.percent).toBe(10);
    expect(play.history.slice(-2)).toMatchObject([
      {
        what: 'breach',
        by: 'engine',
        reason: 'it is a breach',
        evidence: { verdict: { outcome: 'breach' } },
      },
      {
        what: 'restored',
        weightsBefore: weights(15),
        weightsAfter: weights(10),
      },
    ]);
  });

  it('holds without counting it as a failure, and advances when it passes', () => {
    const play = new Play().started().looks('hold', 30);
    expect(play.record).toMatchObject({
      state: 'progressing',
      progress: { hold: { reason: 'insufficient-traffic' } },
    });
    expect(play.looks('pass').write().percent).toBe(15);
    expect(play.record.progress.hold).toBeUndefined();
  });

  it('pauses after the longest hold, and leaves the decision to a person', () => {
    const play = new Play().started().looks('hold', 240);
    expect(play.record.state).toBe('progressing');
    play.looks('hold');
    expect(play.record).toMatchObject({
      state: 'paused',
      progress: {
        pause: {
          cause: 'longest-hold',
          message: 'Held for 60 min: it is a hold',
        },
      },
    });
    expect(play.act('resume').looks('pass', 20).write().percent).toBe(15);
  });

  it.each([
    ['forward', 3600],
    ['back', -3600],
  ])('is not fooled by a clock that jumps an hour %s', (_, seconds) => {
    const play = new Play().started().looks('pass', 5).pass(seconds);
    play.looks('pass', 5).write();
    expect(play.percent).toBe(5);
    expect(play.looks('pass', 20).write().percent).toBe(15);
  });

  it('does not count an outage as observation', () => {
    const play = new Play().started().pass(600).looks('pass').write();
    expect(play.percent).toBe(5);
  });

  it('decides nothing for a canary that is paused', () => {
    const play = new Play().started().act('pause').looks('breach');
    expect(play.record.state).toBe('paused');
  });
});

describe('drift', () => {
  const drift = {
    message: 'The weights are 50/50, not 95/5.',
    expected: weights(5),
    found: weights(50),
    choices: ['adoptDrift', 'restoreDrift', 'rollBack'] as CanaryActionName[],
  };
  const drifted = () => {
    const play = new Play().started();
    return play.take(look(play.record, { drift } as never, play.now));
  };

  it('pauses, and offers what can be done', () => {
    const play = drifted();
    expect(play.record).toMatchObject({
      state: 'paused',
      progress: { pause: { cause: 'drift' }, drift },
    });
    expect(() => play.act('resume')).toThrow(
      "A canary that is paused (drift) does not allow 'resume'.",
    );
  });

  it('adopted, goes on from what was found', () => {
    const play = drifted().act('adoptDrift');
    expect(play.percent).toBe(50);
    expect(play.looks('pass', 20).write().percent).toBe(55);
  });

  it('restored, writes the last weights again', () => {
    const play = drifted().act('restoreDrift');
    expect(play.record.progress.move).toMatchObject({
      kind: 'rewrite',
      asked: true,
    });
    expect(play.write().percent).toBe(5);
    expect(play.record.state).toBe('progressing');
  });

  it('rolled back, restores the weights of before', () => {
    expect(drifted().act('rollBack').write().record.state).toBe('rolledBack');
  });
});

describe('a person', () => {
  it('confirms a step that waits for it', () => {
    const play = new Play({
      steps: [5, 50, 100],
      confirmBefore: [50],
    }).started();
    play.looks('pass', 20).write();
    expect(play.percent).toBe(5);
    expect(play.history.at(-1)).toMatchObject({ what: 'asksForConfirmation' });
    expect(nextOf(play.record).action).toBe('wait-for-confirmation');
    const asked = play.history.length;
    expect(play.looks('pass', 500).history).toHaveLength(asked);
    expect(play.act('confirmStep').looks('pass').write().percent).toBe(50);
    expect(() => play.act('confirmStep')).toThrow(
      'The step to 100% needs no confirmation.',
    );
  });

  it('advances without waiting, which also confirms', () => {
    const play = new Play({ steps: [5, 50], confirmBefore: [50] }).started();
    expect(play.act('advance').write().percent).toBe(50);
    expect(play.act('advance').write().record.state).toBe('promoted');
  });

  it('pauses and resumes, and the weights stay', () => {
    const play = new Play().started().looks('pass', 10).act('pause');
    expect(play.record.progress.pause).toMatchObject({
      cause: 'person',
      by: 'user:default/anna',
    });
    expect(play.act('resume').looks('pass', 9).write().percent).toBe(5);
    expect(play.looks('pass', 2).write().percent).toBe(15);
  });

  it('rolls back with a reason that is kept', () => {
    const play = new Play()
      .started()
      .act('rollBack', 'user:default/oncall', 'the chain is red');
    expect(play.write().history.at(-2)).toMatchObject({
      by: 'user:default/oncall',
      reason: 'the chain is red',
      from: 'progressing',
      to: 'rollingBack',
    });
  });

  it.each([
    ['rejected', (play: Play) => play.act('reject')],
    ['cancelled', (play: Play) => play.act('cancel')],
    ['expired', (play: Play) => play.take(expire(play.record, play.now))],
    [
      'failed',
      (play: Play) =>
        play
          .act('approve')
          .take(
            failStart(
              play.record,
              { message: 'the dry run was refused' },
              play.now,
            ),
          ),
    ],
    ['rolledBack', (play: Play) => play.started().act('rollBack').write()],
  ])('can do nothing about a canary that is %s', (state, end) => {
    const play = end(new Play());
    expect(play.record.state).toBe(state);
    expect(play.record.endedAt).toBeDefined();
    for (const action of ['approve', 'pause', 'rollBack', 'advance'] as const) {
      expect(() => play.act(action)).toThrow(
        `A canary that is ${state} does not allow '${action}'.`,
      );
    }
  });
});

describe('the header phase', () => {
  const headerPhase = { headers: [{ name: 'x-testing', value: 'true' }] };

  it('comes before the first weight, and ends with it', () => {
    const play = new Play({ headerPhase }).started();
    expect(play.record.progress).toMatchObject({
      phase: 'header',
      step: -1,
      written: { headerRule: true },
    });
    play.looks('pass', 20).write();
    expect(play.record.progress).toMatchObject({
      phase: 'weights',
      step: 0,
      written: weights(5),
      headerRule: undefined,
    });
  });
});

describe('a write that fails', () => {
  it.each([
    ['unreachable', 'source-unreachable'],
    ['conflict', 'write-conflict'],
  ] as const)(
    '%s: holds, and decides again at the next look',
    (reason, hold) => {
      const play = new Play().started().looks('pass', 20).fails(reason, 'why');
      expect(play.record).toMatchObject({
        state: 'progressing',
        progress: { hold: { reason: hold, message: 'why' }, move: undefined },
      });
      expect(play.looks('breach').record.state).toBe('rollingBack');
    },
  );

  it('keeps what a person asked for', () => {
    const play = new Play().started().act('advance').fails('unreachable');
    expect(play.write().percent).toBe(15);
  });

  it.each([
    ['forbidden', 4],
    ['refused', 1],
  ] as const)('%s: pauses after %i in 45 s', (reason, times) => {
    const play = new Play().started().looks('pass', 20);
    for (let i = 1; i <= times; i++) {
      expect(play.record.state).toBe('progressing');
      play.pass(15).fails(reason, 'may not patch virtualservices');
    }
    expect(play.record).toMatchObject({
      state: 'paused',
      progress: {
        pause: { cause: reason, message: 'may not patch virtualservices' },
      },
    });
    expect(play.act('resume').looks('pass').write().percent).toBe(15);
  });

  it('is held for as long as any hold', () => {
    const play = new Play().started();
    for (let i = 0; i < 242; i++) {
      play.pass(15).fails('unreachable');
    }
    expect(play.record).toMatchObject({
      state: 'paused',
      progress: { pause: { cause: 'longest-hold' } },
    });
  });

  it('of a roll-back pauses, says why, and is tried until it succeeds', () => {
    const play = new Play().started().looks('breach');
    for (let i = 1; i <= 4; i++) {
      expect(play.record.state).toBe('rollingBack');
      play.pass(15).fails('forbidden', 'may not patch');
    }
    expect(play.record).toMatchObject({
      state: 'paused',
      progress: {
        move: { kind: 'restore' },
        pause: { cause: 'could-not-restore' },
      },
    });
    const asked = play.history.length;
    expect(play.fails('forbidden').fails('unreachable').history).toHaveLength(
      asked,
    );
    play.write();
    expect(play.record.state).toBe('rolledBack');
    expect(play.history.slice(-2).map(({ from, to }) => [from, to])).toEqual([
      ['paused', 'rollingBack'],
      ['rollingBack', 'rolledBack'],
    ]);
  });

  it('of a roll-back calls a person after a minute without an answer', () => {
    const play = new Play().started().looks('breach').fails('unreachable');
    expect(play.record.state).toBe('rollingBack');
    expect(play.pass(60).fails('unreachable').record.state).toBe('paused');
  });
});

describe('a write that lands late', () => {
  it('is recorded, and the roll-back that was asked for goes on', () => {
    const play = new Play().started().looks('pass', 20);
    const { move } = play.record.progress;
    play
      .act('rollBack')
      .take(
        wrote(
          play.record,
          { move: move!, before: weights(5), after: weights(15) },
          play.now,
        ),
      );
    expect(play.history.at(-1)).toMatchObject({
      what: 'landed',
      to: 'rollingBack',
    });
    expect(play.percent).toBe(15);
    expect(play.write().percent).toBe(0);
    expect(play.record.state).toBe('rolledBack');
  });
});

describe('after a promotion', () => {
  const promoted = () => {
    const play = new Play({
      steps: [100],
      cleanUp: { soakSeconds: 60, reversibleSeconds: 600 },
    }).started();
    return play.act('advance').write();
  };

  it('offers a clean-up that waits for its soak time', () => {
    expect(promoted().record.progress.cleanUp).toMatchObject({
      status: 'soaking',
      offeredAt: '2025-06-01T12:01:00.000Z',
    });
  });

  it('cannot be cleaned up before it is offered', () => {
    expect(() => promoted().act('cleanUp')).toThrow("does not allow 'cleanUp'");
  });
});
