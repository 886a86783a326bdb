import {
  checkTextsEn,
  scorecardSchema,
  type CheckResult,
  type Scorecard,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ENTITY_REF, OBSERVED_AT } from './answers';

const SINCE = '2026-02-20T10:00:00.000Z';

function check(
  id: keyof typeof checkTextsEn,
  level: string,
  more: Partial<CheckResult> & Pick<CheckResult, 'outcome' | 'conditions'>,
): CheckResult {
  const { title, why } = checkTextsEn[id];
  return {
    id,
    level,
    title,
    description: why,
    since: SINCE,
    reasons: [],
    screen: 'review',
    ...more,
  };
}

/** A scorecard with a check of every outcome. */
export function scorecard(change: Partial<Scorecard> = {}): Scorecard {
  return scorecardSchema.parse({
    entityRef: ENTITY_REF,
    observedAt: OBSERVED_AT,
    level: { status: 'known', level: null },
    levels: [
      {
        id: 'bronze',
        title: 'Bronze',
        counts: { pass: 1, fail: 1, unknown: 0, exempt: 0 },
      },
      {
        id: 'silver',
        title: 'Silver',
        counts: { pass: 0, fail: 0, unknown: 1, exempt: 0 },
      },
      {
        id: 'gold',
        title: 'Exemplary',
        counts: { pass: 0, fail: 1, unknown: 0, exempt: 1 },
      },
    ],
    counts: { pass: 1, fail: 2, unknown: 1, exempt: 1 },
    checks: [
      check('authorization', 'bronze', {
        outcome: 'pass',
        screen: 'security',
        conditions: [
          {
            fact: 'authorizationPolicyPresent',
            comparison: 'equals',
            bound: true,
            outcome: 'pass',
            value: { status: 'known', value: true, since: SINCE },
          },
        ],
      }),
      check('findings', 'bronze', {
        outcome: 'fail',
        conditions: [
          {
            fact: 'reviewFindingsHigh',
            comparison: 'atMost',
            bound: 0,
            outcome: 'fail',
            value: { status: 'known', value: 2, since: SINCE },
          },
        ],
      }),
      check('timeouts', 'silver', {
        outcome: 'unknown',
        screen: 'traffic',
        conditions: [
          {
            fact: 'p99OverTimeoutRatio',
            comparison: 'atMost',
            bound: 1,
            outcome: 'unknown',
            value: {
              status: 'unknown',
              reason: 'source-unreachable',
              message: 'Prometheus does not answer.',
              since: OBSERVED_AT,
              last: { value: 0.25, at: SINCE },
            },
          },
        ],
        reasons: [
          {
            fact: 'p99OverTimeoutRatio',
            reason: 'source-unreachable',
            message: 'Prometheus does not answer.',
          },
        ],
      }),
      check('model-tag', 'gold', {
        outcome: 'exempt',
        conditions: [
          {
            fact: 'modelTagOnTraces',
            comparison: 'equals',
            bound: true,
            outcome: 'fail',
            value: { status: 'known', value: false, since: SINCE },
          },
        ],
        exemption: {
          reason: 'the tracing back end is being replaced',
          until: '2026-06-30',
          ended: false,
        },
      }),
      {
        id: 'cheap',
        level: 'gold',
        title: 'Costs less than 100 € a day',
        description: 'The budget of the team.',
        outcome: 'fail',
        since: SINCE,
        conditions: [
          {
            fact: 'costPerDayEstimate',
            comparison: 'below',
            bound: 100,
            outcome: 'fail',
            value: {
              status: 'known',
              value: 240,
              currency: 'EUR',
              since: SINCE,
            },
          },
        ],
        reasons: [],
        exemption: {
          reason: 'the sale of the year',
          until: '2026-01-31',
          ended: true,
        },
        screen: 'slos',
      },
    ],
    next: { level: 'bronze', failing: ['findings'], unknown: [] },
    trend: [
      {
        day: '2026-02-27',
        level: { status: 'known', level: null },
        counts: { pass: 2, fail: 2, unknown: 0, exempt: 1 },
      },
      {
        day: '2026-03-02',
        level: { status: 'known', level: null },
        counts: { pass: 1, fail: 2, unknown: 1, exempt: 1 },
      },
    ],
    problems: [],
    ...change,
  } satisfies Scorecard);
}
