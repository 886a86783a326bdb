import { z } from 'zod';
import type { Named } from '../named';
import { canaryGateSettingsSchema } from './gateSettings';
import { canaryQualityGateNameSchema } from './qualityGates';
import { requestTextsEn } from '../../words/texts/requestsEn';

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/;

const weight = z
  .number(requestTextsEn['rule.weightWhole'])
  .int(requestTextsEn['rule.weightWhole'])
  .min(1, requestTextsEn['rule.weightBounds'])
  .max(100, requestTextsEn['rule.weightBounds']);

function seconds(
  least: number,
  most: number,
  rule: `rule.${'cookieAge' | 'interval' | 'check' | 'hold' | 'soak' | 'reversible'}`,
) {
  const message = requestTextsEn[rule]
    .replace('{{least}}', String(least))
    .replace('{{most}}', String(most));
  return z.number(message).int(message).min(least, message).max(most, message);
}

const headerValue = z
  .string()
  .min(1, requestTextsEn['rule.headerValueEmpty'])
  .max(1024, requestTextsEn['rule.headerValueLong'])
  .regex(/^[\x20-\x7e]*$/, requestTextsEn['rule.headerValue']);

/** A route's rule holds no more matches than this in any release of its kind. */
const MOST_HEADER_VALUES = 16;

/**
 * What a header's value has to be: exactly one of the four.
 *
 * @public
 */
export const canaryHeaderMatchSchema = z
  .strictObject({
    name: z.string().regex(HEADER_NAME, requestTextsEn['rule.headerName']),
    /** The exact value. */
    value: headerValue.optional(),
    /** One of these, exactly. */
    values: z
      .array(headerValue)
      .min(1, requestTextsEn['rule.aValue'])
      .max(MOST_HEADER_VALUES)
      .optional(),
    /** How it begins. */
    prefix: headerValue.optional(),
    /** A regular expression of RE2 that it matches as a whole. */
    regex: headerValue.optional(),
  })
  .refine(
    ({ name, ...match }) => Object.values(match).filter(Boolean).length === 1,
    {
      path: ['value'],
      message: requestTextsEn['rule.oneMatch'],
    },
  );

/** @public */
export type CanaryHeaderMatch = z.infer<typeof canaryHeaderMatchSchema>;

/**
 * Requests with one of these header values go to the canary before anybody else does.
 *
 * @public
 */
export const canaryHeaderPhaseSchema = z
  .strictObject({
    headers: z
      .array(canaryHeaderMatchSchema)
      .min(1, requestTextsEn['rule.headersFew'])
      .max(MOST_HEADER_VALUES, requestTextsEn['rule.headersMany']),
  })
  .refine(
    ({ headers }) =>
      headers.reduce((sum, { values }) => sum + (values?.length ?? 1), 0) <=
      MOST_HEADER_VALUES,
    {
      path: ['headers'],
      message: requestTextsEn['rule.headerValuesMany'],
    },
  );

/** @public */
export type CanaryHeaderPhase = z.infer<typeof canaryHeaderPhaseSchema>;

/** A token of RFC 6265, without the percent sign: Envoy takes it in a header for a command. */
const COOKIE_NAME = /^[A-Za-z0-9!#$&'*+.^_`|~-]{1,128}$/;

const canaryAffinityObject = z
  .strictObject({
    /** The cookie's name. Its value is each canary's own. */
    cookie: z.string().regex(COOKIE_NAME, requestTextsEn['rule.cookieName']),
    /** The cookie's `Max-Age`. */
    maxAgeSeconds: seconds(60, 2_592_000, 'rule.cookieAge').default(86_400),
    /** Sent over TLS alone. */
    secure: z.boolean().default(true),
  })
  .refine(
    ({ cookie, secure }) => secure || !/^__(Host|Secure)-/i.test(cookie),
    {
      path: ['secure'],
      message: requestTextsEn['rule.cookieSecure'],
    },
  );

/** @public */
export interface CanaryAffinitySchema extends Named<
  typeof canaryAffinityObject
> {}

/**
 * Whoever has got an answer of the canary stays with it: its answers set a cookie, and a rule of the route leads whoever
 * sends that cookie to the canary, until the canary ends.
 *
 * @public
 */
export const canaryAffinitySchema: CanaryAffinitySchema = canaryAffinityObject;

/** @public */
export type CanaryAffinity = z.infer<typeof canaryAffinitySchema>;

const canaryPlanObject = z
  .strictObject({
    initialWeight: weight.default(5),
    stepWeight: weight.default(10),
    targetWeight: weight.default(100),
    /** Replaces the three above: the weights, ascending; the last is the target. */
    steps: z
      .array(weight)
      .min(1, requestTextsEn['rule.aStep'])
      .max(100)
      .optional(),
    /** Weights that are not taken before a person has confirmed them. */
    confirmBefore: z.array(weight).max(100).default([]),
    /** Time between two steps. */
    intervalSeconds: seconds(5, 86_400, 'rule.interval').default(300),
    /** Time between two looks for a breach. */
    checkSeconds: seconds(1, 300, 'rule.check').default(15),
    /**
     * Over the whole run, a canary that is no worse than the stable version is rolled back by chance with probability
     * 1 - confidence at most, however often one looks.
     */
    confidence: z
      .number(requestTextsEn['rule.confidence'])
      .min(0.8, requestTextsEn['rule.confidenceLow'])
      .max(0.9999, requestTextsEn['rule.confidenceHigh'])
      .default(0.99),
    /** An advance needs at least so many requests of the canary. A roll-back needs no least number. */
    minRequests: z
      .number()
      .int(requestTextsEn['rule.requestsWhole'])
      .min(1, requestTextsEn['rule.requestsFew'])
      .max(1_000_000, requestTextsEn['rule.requestsMany'])
      .default(50),
    /** A gate has to be beyond its bound so many checks in a row. */
    failureLimit: z
      .number()
      .int(requestTextsEn['rule.failuresWhole'])
      .min(1, requestTextsEn['rule.failuresFew'])
      .max(100, requestTextsEn['rule.failuresMany'])
      .default(1),
    /** Held for longer than this, a canary is paused, and a person decides. */
    longestHoldSeconds: seconds(60, 604_800, 'rule.hold').default(3600),
    headerPhase: canaryHeaderPhaseSchema.optional(),
    /** Keeps people who use a browser with the canary; from the first weights on. */
    affinity: canaryAffinitySchema.optional(),
    /** Starts only in this window; a canary that has not started at its end fails. */
    startWindow: z
      .strictObject({
        notBefore: z.iso.datetime({ offset: true }).optional(),
        notAfter: z.iso.datetime({ offset: true }).optional(),
      })
      .refine(
        ({ notBefore, notAfter }) =>
          !notBefore ||
          !notAfter ||
          new Date(notBefore).getTime() < new Date(notAfter).getTime(),
        { path: ['notAfter'], message: requestTextsEn['rule.windowEnds'] },
      )
      .optional(),
    /** Offers to scale the stable version's workload to 0 once the canary has been promoted. */
    cleanUp: z
      .strictObject({
        /** Not offered earlier than this after the promotion. */
        soakSeconds: seconds(0, 2_592_000, 'rule.soak').default(3600),
        /** For so long after it was done, it can be undone by one click. */
        reversibleSeconds: seconds(0, 2_592_000, 'rule.reversible').default(
          86_400,
        ),
      })
      .optional(),
    gates: canaryGateSettingsSchema,
    /** Further gates, by their names in the configuration; absent: those that it has on by default. Required ones count always. */
    qualityGates: z.array(canaryQualityGateNameSchema).max(50).optional(),
  })
  .superRefine((plan, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (plan.steps?.some((step, i, steps) => i > 0 && step <= steps[i - 1])) {
      say('steps', requestTextsEn['rule.stepsAscend']);
    }
    if (!plan.steps && plan.initialWeight > plan.targetWeight) {
      say('initialWeight', requestTextsEn['rule.notAboveTarget']);
    }
    const steps = canaryPlanWeights(plan);
    const strangers = plan.confirmBefore.filter(w => !steps.includes(w));
    if (strangers.length > 0) {
      say(
        'confirmBefore',
        `${strangers.join(', ')} is not a step of the plan (${steps.join(', ')})`,
      );
    }
    if (!plan.headerPhase && plan.confirmBefore.includes(steps[0])) {
      say('confirmBefore', requestTextsEn['rule.firstStep']);
    }
    if (plan.checkSeconds > plan.intervalSeconds) {
      say('checkSeconds', requestTextsEn['rule.checkTooLong']);
    }
    if (plan.longestHoldSeconds < plan.intervalSeconds) {
      say('longestHoldSeconds', requestTextsEn['rule.holdTooShort']);
    }
  })
  .prefault({});

/** @public */
export interface CanaryPlanSchema extends Named<typeof canaryPlanObject> {}

/**
 * How a canary is moved from no traffic to its target. Weights are percent of all that its route carries.
 *
 * @public
 */
export const canaryPlanSchema: CanaryPlanSchema = canaryPlanObject;

/** @public */
export type CanaryPlan = z.infer<typeof canaryPlanSchema>;

/**
 * The weights that a plan goes through, ascending, in percent.
 *
 * @public
 */
export function canaryPlanWeights(
  plan: Pick<
    CanaryPlan,
    'initialWeight' | 'stepWeight' | 'targetWeight' | 'steps'
  >,
): number[] {
  if (plan.steps) {
    return plan.steps;
  }
  // A plan that has not been checked yet may hold anything: this has to end all the same.
  const by = Math.max(plan.stepWeight, 1);
  const end = Math.min(plan.targetWeight, 100);
  const weights = [];
  for (
    let weightPercent = Math.max(plan.initialWeight, 1);
    weightPercent < end;
    weightPercent += by
  ) {
    weights.push(weightPercent);
  }
  return [...weights, plan.targetWeight];
}
