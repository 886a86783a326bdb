import {
  known,
  unknown,
  type Finding,
  type Measured,
  type ServiceSecurity,
} from '@ai-mesh/plugin-ai-mesh-common';
import { computeFacts } from './computeFacts';
import type { FactAnswers, PastCanary } from './FactAnswers';

const now = new Date('2026-11-27T12:00:00.000Z');
const ref = { cluster: 'shop', namespace: 'ai', name: 'chat' };
const other = { ...ref, name: 'search' };
const nothing = unknown('no-traffic');

type Partly<T> = { [K in keyof T]?: unknown };

function service(more: Partly<ServiceSecurity> = {}, mtls: object = {}) {
  return {
    service: ref,
    mtls: {
      status: 'strict',
      message: 'Every port is STRICT.',
      workloads: [{ proxy: 'sidecar' }],
      callers: [],
      observedShare: known(1),
      readiness: { status: 'strict' },
      ...mtls,
    },
    authorization: { ineffective: [] },
    certificates: {
      workloads: [
        {
          soonest: known({ secondsLeft: 43_200 }),
          rotation: { status: 'working', message: '' },
        },
      ],
      root: known({ secondsLeft: 8_640_000 }),
    },
    telemetry: known([
      {
        tracing: {
          disabled: false,
          samplingPercent: known(5),
          modelTag: 'ai.model',
        },
      },
    ]),
    ...more,
  } as ServiceSecurity;
}

function answers(more: Partial<FactAnswers> = {}): FactAnswers {
  return {
    overview: {
      services: [ref],
      traffic: { total: { p99: known({ valueMs: 2500 }) } },
      sources: [{ name: 'kubernetes', cluster: 'shop', status: 'ok' }],
      resolution: {
        annotation: 'ai-mesh.io/service',
        value: 'ai/chat',
        searched: [],
      },
    },
    routes: { services: [] },
    security: { services: [service()] },
    review: {
      findings: [],
      counts: { high: 0, medium: 0, low: 0, note: 0 },
      notJudged: [],
    },
    slos: {
      models: [],
      objectives: [],
      sources: [{ name: 'prometheus', cluster: 'shop', status: 'ok' }],
      dialect: {
        name: 'none',
        chosenBy: 'detected',
        alsoPresent: [],
        notes: [],
      },
    },
    hasSloDocument: false,
    canaries: known([]),
    ...more,
  } as FactAnswers;
}

const compute = (more: Partial<FactAnswers> = {}) =>
  computeFacts(answers(more), now);

const valueOf = (fact: ReturnType<typeof compute>['mtlsStrict']) =>
  fact.status === 'known' ? fact.value : fact.reason;

const found = (messageKey: string, more: object = {}) =>
  ({
    code: messageKey.split('.')[0],
    messageKey,
    service: ref,
    object: {
      cluster: 'shop',
      kind: 'VirtualService',
      namespace: 'ai',
      name: 'chat',
    },
    ...more,
  }) as Finding;

const review = (findings: Finding[], notJudged: object[] = []) =>
  ({
    review: { findings, counts: { high: 0, medium: 0 }, notJudged },
  }) as unknown as Partial<FactAnswers>;

describe('facts of security', () => {
  it.each([
    ['strict', true, true],
    ['ready', false, true],
    ['mixed', false, false],
    ['disabled', false, false],
    ['conflict', false, false],
  ])('of a service that is %s', (status, strict, ready) => {
    const { mtlsStrict, mtlsReady } = compute({
      security: { services: [service(), service({}, { status })] },
    });
    expect([valueOf(mtlsStrict), valueOf(mtlsReady)]).toEqual([strict, ready]);
  });

  it('know nothing of mTLS without telemetry, and say why', () => {
    const facts = compute({
      security: {
        services: [
          service(
            {},
            {
              status: 'unknown',
              message: 'No series.',
              observedShare: unknown('not-exported'),
              readiness: { status: 'unknown', reason: 'not-exported' },
            },
          ),
        ],
      },
    });
    expect(facts.mtlsStrict).toEqual({
      status: 'unknown',
      reason: 'not-exported',
      message: 'No series.',
    });
    expect(valueOf(facts.mtlsObservedShare)).toBe('not-exported');
    expect(valueOf(facts.plaintextCallers)).toBe('not-exported');
  });

  it.each<[string, Measured<number>[], unknown]>([
    ['the worst service', [known(1), known(0.8)], 0.8],
    ['one without traffic aside', [nothing, known(0.9)], 0.9],
    ['none with traffic', [nothing, nothing], 'no-traffic'],
    ['one that is not known', [known(1), unknown('forbidden')], 'forbidden'],
  ])('take the encrypted share of %s', (_, shares, expected) => {
    const { mtlsObservedShare } = compute({
      security: {
        services: shares.map(observedShare => service({}, { observedShare })),
      },
    });
    expect(valueOf(mtlsObservedShare)).toBe(expected);
  });

  it('count callers that were seen in plaintext', () => {
    const caller = (plaintext: number) => ({
      observed: known({ plaintext, encrypted: 1 }),
    });
    const { plaintextCallers } = compute({
      security: {
        services: [
          service(
            {},
            { callers: [caller(3), caller(0), { observed: nothing }] },
          ),
          service({}, { callers: [caller(1)] }),
        ],
      },
    });
    expect(valueOf(plaintextCallers)).toBe(2);
  });

  it('count a policy that has no effect once', () => {
    const policy = {
      cluster: 'shop',
      kind: 'AuthorizationPolicy',
      namespace: 'ai',
      name: 'only-gateway',
    };
    const authorization = {
      ineffective: [
        { object: policy, why: 'ztunnel-allow' },
        { object: policy, why: 'ztunnel-deny' },
      ],
    };
    const { policiesWithoutEffect } = compute({
      security: { services: [service({ authorization })] },
      ...review([found('AIM407.noEffect', { object: policy })]),
    });
    expect(valueOf(policiesWithoutEffect)).toBe(1);
  });

  it('know the first certificate to end only where every workload tells its own', () => {
    const workload = (soonest: Measured<object>, status = 'working') => ({
      soonest,
      rotation: { status, message: 'as seen' },
    });
    const of = (
      workloads: object[],
      root: Measured<object> = unknown('not-exported'),
    ) => {
      const { certificateDaysLeftMin, certificateRenewalSeen } = compute({
        security: {
          services: [service({ certificates: { workloads, root } })],
        },
      });
      return [valueOf(certificateDaysLeftMin), valueOf(certificateRenewalSeen)];
    };
    const half = known({ secondsLeft: 43_200 });
    const day = known({ secondsLeft: 86_400 });
    expect(of([workload(half), workload(day)])).toEqual([0.5, true]);
    expect(of([workload(day)], half)).toEqual([0.5, true]);
    expect(
      of([workload(half), workload(unknown('not-exported'), 'unknown')]),
    ).toEqual(['not-exported', 'not-exported']);
    expect(of([workload(half, 'failing'), workload(half, 'unknown')])).toEqual([
      0.5,
      false,
    ]);
    expect(of([])).toEqual(['not-applicable', 'not-applicable']);
  });

  it.each([
    [
      { disabled: false, samplingPercent: known(5), modelTag: 'ai.model' },
      true,
      true,
    ],
    [
      { disabled: false, samplingPercent: known(0), modelTag: 'ai.model' },
      false,
      true,
    ],
    [
      { disabled: true, samplingPercent: known(5), modelTag: 'ai.model' },
      false,
      false,
    ],
    [
      { disabled: false, samplingPercent: unknown('not-configured') },
      'not-configured',
      false,
    ],
  ])('of tracing %j', (tracing, sampled, tagged) => {
    const facts = compute({
      security: {
        services: [service({ telemetry: known([{ tracing }]) })],
      },
    });
    expect([
      valueOf(facts.tracingSampled),
      valueOf(facts.modelTagOnTraces),
    ]).toEqual([sampled, tagged]);
  });

  it.each([
    [['sidecar', 'ambient'], true],
    [['sidecar', 'none'], false],
    [['sidecar', 'unknown'], 'not-applicable'],
    [[], 'not-applicable'],
  ])('of workloads that are %j', (modes, expected) => {
    const workloads = modes.map(proxy => ({ proxy }));
    const { ambientMode } = compute({
      security: { services: [service({}, { workloads })] },
    });
    expect(valueOf(ambientMode)).toBe(expected);
  });
});

describe('facts of the review', () => {
  const gap = (code: string, reason = 'forbidden') => ({
    code,
    service: ref,
    reason,
    message: 'It may not be listed.',
  });

  it('leaves a breaker open to open where one version has a single pod', () => {
    expect(
      valueOf(compute(review([found('AIM207.single')])).breakerCanOpen),
    ).toBe(true);
  });

  it.each([
    ['timeoutsConfigured', 'AIM101', 'AIM101'],
    ['authorizationPolicyPresent', 'AIM404.missing', 'AIM404'],
    ['breakerCanOpen', 'AIM201', 'AIM201'],
    ['breakerCanOpen', 'AIM202', 'AIM202'],
    ['breakerCanOpen', 'AIM207.share', 'AIM207'],
    ['retriesSafe', 'AIM103', 'AIM103'],
    ['retriesSafe', 'AIM104', 'AIM104'],
    ['retriesSafe', 'AIM105', 'AIM105'],
  ] as const)(
    '%s is false with %s, true without, unknown where %s could not be judged',
    (name, key, code) => {
      expect(valueOf(compute()[name])).toBe(true);
      expect(valueOf(compute(review([found(key)]))[name])).toBe(false);
      expect(valueOf(compute(review([], [gap(code)]))[name])).toBe('forbidden');
      // What was found is certain.
      expect(valueOf(compute(review([found(key)], [gap(code)]))[name])).toBe(
        false,
      );
      expect(
        valueOf(
          compute(review([found(key, { suppressedBy: { path: '' } })]))[name],
        ),
      ).toBe(false);
    },
  );

  it.each(['AIM404.allowsAll', 'AIM103.gatewayError'])(
    '%s is no absence',
    key => {
      const facts = compute(review([found(key)]));
      expect(valueOf(facts.authorizationPolicyPresent)).toBe(true);
      expect(valueOf(facts.retriesSafe)).toBe(true);
      expect(valueOf(facts.retriesBilled)).toBe(0);
    },
  );

  it('takes limits or outlier detection for a circuit breaker, of every service', () => {
    const of = (findings: Finding[]) =>
      valueOf(
        compute({
          ...review(findings),
          overview: { ...answers().overview, services: [ref, other] },
        }).circuitBreakerConfigured,
      );
    expect(of([found('AIM201')])).toBe(true);
    expect(of([found('AIM204.missing')])).toBe(true);
    expect(
      of([found('AIM201'), found('AIM204.missing', { service: other })]),
    ).toBe(true);
    expect(of([found('AIM201'), found('AIM204.missing')])).toBe(false);
  });

  it('counts routes whose retries may be billed twice', () => {
    expect(
      valueOf(
        compute(review([found('AIM103'), found('AIM103')])).retriesBilled,
      ),
    ).toBe(2);
  });

  it('has no number of findings while a source is away, and one where there was nothing to judge', () => {
    const of = (reason: string) =>
      valueOf(compute(review([], [gap('AIM102', reason)])).reviewFindingsHigh);
    expect(of('source-unreachable')).toBe('source-unreachable');
    expect(of('forbidden')).toBe('forbidden');
    expect(of('no-traffic')).toBe(0);
    const counted = compute({
      review: {
        findings: [],
        counts: { high: 2, medium: 3, low: 0, note: 0 },
        notJudged: [],
      },
    });
    expect([
      valueOf(counted.findingsHigh),
      valueOf(counted.reviewFindingsHigh),
      valueOf(counted.reviewFindingsMedium),
    ]).toEqual([2, 2, 3]);
  });
});

describe('facts of traffic', () => {
  const rule = (
    timeoutMs: number | null,
    p99s: Measured<number>[],
    more: object = {},
  ) => ({
    protocol: 'http',
    reachable: true,
    timeoutMs,
    destinations: p99s.map(p99 => ({
      weightPercent: 50,
      observed: {
        p99: p99.status === 'known' ? known({ valueMs: p99.value }) : p99,
      },
    })),
    ...more,
  });
  const ratio = (
    rules: object[],
    p99: Measured<object> = known({ valueMs: 3000 }),
  ) =>
    valueOf(
      compute({
        routes: {
          services: [{ traffic: { p99 }, rules }],
        } as unknown as FactAnswers['routes'],
      }).p99OverTimeoutRatio,
    );

  it.each<[string, object[], unknown]>([
    ['the slower version', [rule(4000, [known(1000), known(2000)])], 0.5],
    [
      'the service where a version is not known',
      [rule(4000, [known(1000), nothing])],
      0.75,
    ],
    [
      'the worst route',
      [rule(4000, [known(1000)]), rule(1000, [known(1500)])],
      1.5,
    ],
    [
      'no route without a timeout',
      [rule(null, [known(1000)])],
      'not-applicable',
    ],
    [
      'no route that is never reached',
      [rule(1000, [known(9000)], { reachable: false })],
      'not-applicable',
    ],
    ['no route at all', [], 'not-applicable'],
  ])('p99 over timeout is of %s', (_, rules, expected) => {
    expect(ratio(rules)).toBe(expected);
  });

  it('p99 over timeout is unknown without traffic', () => {
    expect(ratio([rule(4000, [nothing])], nothing)).toBe('no-traffic');
  });

  it('tells the p99 in seconds', () => {
    expect(valueOf(compute().latencyP99Seconds)).toBe(2.5);
  });
});

describe('facts of SLOs', () => {
  const objective = (more: object = {}, of: object = {}) => ({
    objective: {
      source: 'configuration',
      indicator: { kind: 'availability' },
      period: 'rolling',
      periodSeconds: 2_592_000,
      ...of,
    },
    budgetLeft: known(0.4),
    burnRates: [{ long: known(2) }, { long: known(0.5) }],
    events: known(1000),
    badEvents: known(5),
    ...more,
  });
  const model = (name: string, more: object = {}) => ({
    model: name,
    dialect: 'micrometer',
    reporting: true,
    tokensPerSecond: known(10),
    cost: known({ currency: 'EUR', perHour: 1, perDay: 24 }),
    objectives: [],
    ...more,
  });
  const of = (slos: object, more: Partial<FactAnswers> = {}) =>
    compute({
      slos: { ...answers().slos, ...slos } as FactAnswers['slos'],
      ...more,
    });

  it('tell the objective that stands worst', () => {
    const facts = of({
      models: [model('swift', { objectives: [objective()] })],
      objectives: [objective({ budgetLeft: known(-0.5), burnRates: [] })],
    });
    expect(valueOf(facts.sloBudgetLeftMin)).toBe(-0.5);
    expect(valueOf(facts.sloBurnRateMax)).toBe(2);
    expect(valueOf(facts.availability30d)).toBe(0.995);
    expect(valueOf(facts.sloDefined)).toBe(false);
  });

  const young = (left: number) =>
    objective(
      { budgetLeft: known(left), youngWithinSeconds: 3600 },
      { name: 'Latency' },
    );

  it.each<[string, object[], number | string]>([
    ['spent', [young(-10.8)], 'young'],
    ['whole', [young(1)], 'young'],
    ['left, beside one that is known', [young(0.5), objective()], 0.4],
    ['spent, beside one that is known', [young(-10.8), objective()], 'young'],
    [
      'spent, beside one that is spent for certain',
      [young(-10.8), objective({ budgetLeft: known(-0.5) })],
      -0.5,
    ],
    [
      'left, beside one that is not known',
      [young(0.5), objective({ budgetLeft: unknown('source-unreachable') })],
      'source-unreachable',
    ],
    [
      'left, beside one without traffic',
      [young(0.5), objective({ budgetLeft: unknown('no-traffic') })],
      'young',
    ],
  ])('are not made of a young budget: %s', (_, objectives, wanted) => {
    expect(valueOf(of({ objectives }).sloBudgetLeftMin)).toBe(wanted);
  });

  it('say how much of its period there is of what is young', () => {
    const facts = of({ objectives: [young(-10.8)] });
    const wanted = {
      status: 'unknown',
      reason: 'young',
      message:
        'All events of Latency are from the last 60 min of its 30 d: too early to judge it by.',
      words: [
        {
          key: 'facts.young',
          params: { name: 'Latency', within: 3600, period: 2_592_000 },
        },
      ],
      young: { withinSeconds: 3600, periodSeconds: 2_592_000 },
    };
    expect(facts.sloBudgetLeftMin).toEqual(wanted);
    expect(facts.availability30d).toEqual(wanted);
    expect(
      valueOf(of({ objectives: [young(-10.8), objective()] }).availability30d),
    ).toBe(0.995);
  });

  it('tell an SLO of its own from the defaults, and from one that cannot be seen', () => {
    const own = objective({}, { source: 'slos/chat.yaml' });
    expect(valueOf(of({ objectives: [own] }).sloDefined)).toBe(true);
    expect(valueOf(of({ objectives: [] }).sloDefined)).toBe(false);
    expect(
      valueOf(of({ objectives: [] }, { hasSloDocument: true }).sloDefined),
    ).toBe('not-exported');
  });

  it('take 30 days from objectives of 30 rolling days alone', () => {
    expect(
      valueOf(
        of({ objectives: [objective({}, { periodSeconds: 604_800 })] })
          .availability30d,
      ),
    ).toBe('not-configured');
    expect(
      valueOf(
        of({ objectives: [objective({}, { indicator: { kind: 'latency' } })] })
          .availability30d,
      ),
    ).toBe('not-configured');
    expect(
      valueOf(
        of({
          objectives: [objective({ events: known(0), badEvents: known(0) })],
        }).availability30d,
      ),
    ).toBe('no-traffic');
  });

  it('add up tokens and money of the models that report', () => {
    const facts = of({
      models: [
        model('swift'),
        model('sage'),
        model('old', { reporting: false }),
      ],
    });
    expect(valueOf(facts.modelsInUse)).toBe(2);
    expect(valueOf(facts.tokensPerDay)).toBe(1_728_000);
    expect(facts.costPerDayEstimate).toEqual({
      status: 'known',
      value: 48,
      currency: 'EUR',
    });
  });

  it('do not add up what is paid in two currencies, nor leave out what has no price', () => {
    const dollars = model('sage', {
      cost: known({ currency: 'USD', perHour: 1, perDay: 24 }),
    });
    expect(
      of({ models: [model('swift'), dollars] }).costPerDayEstimate,
    ).toMatchObject({
      reason: 'not-applicable',
      message: expect.stringContaining('EUR, USD'),
    });
    const free = model('mine', {
      cost: unknown('not-configured', 'No price.'),
    });
    expect(
      valueOf(of({ models: [model('swift'), free] }).costPerDayEstimate),
    ).toBe('not-configured');
  });

  it("do not take Istio's versions for models", () => {
    const facts = of({ models: [model('v1', { dialect: 'istio' })] });
    expect(valueOf(facts.modelsInUse)).toBe('not-exported');
  });

  it('know nothing while Prometheus is away', () => {
    const facts = of({
      sources: [
        {
          name: 'prometheus',
          status: 'unreachable',
          message: 'It does not answer.',
        },
      ],
    });
    expect(
      [
        facts.modelsInUse,
        facts.tokensPerDay,
        facts.costPerDayEstimate,
        facts.sloBudgetLeftMin,
        facts.sloBurnRateMax,
      ].map(valueOf),
    ).toEqual(Array(5).fill('source-unreachable'));
  });
});

describe('facts of canaries', () => {
  const canary = (more: Partial<PastCanary>): PastCanary => ({
    state: 'promoted',
    requestedAt: '2026-11-01T00:00:00.000Z',
    endedAt: '2026-11-02T00:00:00.000Z',
    moved: true,
    hasQualityGate: false,
    ...more,
  });
  const of = (canaries: Measured<PastCanary[]>) => {
    const facts = compute({ canaries });
    return [
      facts.canaryLast90d,
      facts.canaryRollbackRate90d,
      facts.canaryGatesQuality,
    ].map(valueOf);
  };

  it('count those of 90 days that moved traffic', () => {
    expect(
      of(
        known([
          canary({
            state: 'rolledBack',
            hasQualityGate: true,
            requestedAt: '2026-11-20T00:00:00.000Z',
          }),
          canary({}),
          canary({}),
          canary({
            state: 'progressing',
            endedAt: undefined,
            requestedAt: '2026-11-10T00:00:00.000Z',
          }),
          canary({
            state: 'rejected',
            moved: false,
            requestedAt: '2026-11-26T00:00:00.000Z',
          }),
          canary({ endedAt: '2026-08-01T00:00:00.000Z' }),
        ]),
      ),
    ).toEqual([4, 0.3333, true]);
  });

  it('are none, with nothing to say of their gates, where none was rolled out', () => {
    expect(of(known([]))).toEqual([0, 'not-applicable', 'not-applicable']);
  });

  it('are not told where canaries are kept for less than 90 days', () => {
    const facts = (canaries: PastCanary[]) =>
      compute({ canaries: known(canaries), canariesKeptMs: 30 * 86_400_000 });
    const { canaryLast90d, canaryRollbackRate90d, canaryGatesQuality } = facts([
      canary({ hasQualityGate: true }),
    ]);
    expect([
      canaryLast90d,
      canaryRollbackRate90d,
      canaryGatesQuality,
    ]).toMatchObject([
      {
        reason: 'not-configured',
        message:
          'Canaries that ended are kept for 30 d only (aiMesh.canary.history.keepFor): what ended earlier in the last 90 days is not known.',
      },
      { reason: 'not-configured' },
      { status: 'known', value: true },
    ]);
    expect(valueOf(facts([]).canaryGatesQuality)).toBe('not-configured');
  });

  it('are told where they are kept for 90 days', () => {
    expect(
      valueOf(compute({ canariesKeptMs: 90 * 86_400_000 }).canaryLast90d),
    ).toBe(0);
  });

  it("are unknown while the portal's database is away", () => {
    expect(of(unknown('source-unreachable'))).toEqual(
      Array(3).fill('source-unreachable'),
    );
  });
});

describe('an entity of which nothing can be said', () => {
  it.each([
    ['stale', 'source-unreachable'],
    ['unreachable', 'source-unreachable'],
    ['forbidden', 'forbidden'],
  ] as const)(
    'has unknown facts while its cluster is %s, whatever it showed before',
    (status, reason) => {
      const { overview } = answers();
      const facts = compute({
        overview: {
          ...overview,
          sources: [
            {
              name: 'kubernetes',
              cluster: 'shop',
              status,
              message: 'It is away.',
            },
          ],
        },
      });
      const {
        canaryLast90d,
        canaryGatesQuality,
        canaryRollbackRate90d,
        ...ofMesh
      } = facts;
      expect(valueOf(canaryLast90d)).toBe(0);
      for (const one of Object.values(ofMesh)) {
        expect(one).toEqual({
          status: 'unknown',
          reason,
          message: 'It is away.',
        });
      }
    },
  );

  it('has unknown facts where its annotation finds nothing', () => {
    const { overview } = answers();
    expect(
      compute({ overview: { ...overview, services: [] } }).mtlsStrict,
    ).toMatchObject({
      reason: 'not-applicable',
      message: 'Nothing was found for ai-mesh.io/service: ai/chat.',
    });
  });
});
