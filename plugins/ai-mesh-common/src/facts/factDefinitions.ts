/**
 * The version of the definitions: it grows when a fact comes, goes or changes its meaning. A name is never used for
 * something else.
 *
 * @public
 */
export const FACTS_VERSION = 1;

/**
 * What a fact's number counts. `yes-no` is a boolean; `ratio` is 0..1 (a budget that is overspent is below 0, a p99 beyond
 * its timeout above 1); `times` is times the sustainable rate; money has its currency beside the value.
 *
 * @public
 */
export type FactUnit =
  | 'yes-no'
  | 'count'
  | 'ratio'
  | 'times'
  | 'seconds'
  | 'days'
  | 'tokens-per-day'
  | 'money-per-day';

/** The screens of the entity's tab that mend what a fact says. @public */
export type FactScreen =
  'overview' | 'traffic' | 'canary' | 'security' | 'slos' | 'review';

/**
 * What is known of every entity in the mesh. Its words are in `factTextsEn` and `factTextsZhCN`.
 *
 * @public
 */
export interface FactDefinition {
  type: 'number' | 'boolean';
  unit: FactUnit;
  /** Which way is better; `neither`: it says what is, and not how good that is. */
  better: 'higher' | 'lower' | 'neither';
  /** Where it is looked into and mended. */
  screen: FactScreen;
  /** The version of the definitions that it came with. */
  since: number;
}

function yesNo(
  screen: FactScreen,
  better: FactDefinition['better'] = 'higher',
): FactDefinition {
  return { type: 'boolean', unit: 'yes-no', better, screen, since: 1 };
}

function number(
  unit: FactUnit,
  better: FactDefinition['better'],
  screen: FactScreen,
): FactDefinition {
  return { type: 'number', unit, better, screen, since: 1 };
}

/** Every fact, in the order in which they are shown. @public */
export const factDefinitions = {
  mtlsStrict: yesNo('security'),
  mtlsReady: yesNo('security'),
  mtlsObservedShare: number('ratio', 'higher', 'security'),
  plaintextCallers: number('count', 'lower', 'security'),
  authorizationPolicyPresent: yesNo('security'),
  policiesWithoutEffect: number('count', 'lower', 'security'),
  certificateDaysLeftMin: number('days', 'higher', 'security'),
  certificateRenewalSeen: yesNo('security'),
  ambientMode: yesNo('security', 'neither'),
  circuitBreakerConfigured: yesNo('traffic'),
  breakerCanOpen: yesNo('review'),
  timeoutsConfigured: yesNo('traffic'),
  p99OverTimeoutRatio: number('ratio', 'lower', 'traffic'),
  retriesSafe: yesNo('review'),
  retriesBilled: number('count', 'lower', 'review'),
  findingsHigh: number('count', 'lower', 'review'),
  reviewFindingsHigh: number('count', 'lower', 'review'),
  reviewFindingsMedium: number('count', 'lower', 'review'),
  sloDefined: yesNo('slos'),
  sloBudgetLeftMin: number('ratio', 'higher', 'slos'),
  sloBurnRateMax: number('times', 'lower', 'slos'),
  availability30d: number('ratio', 'higher', 'slos'),
  latencyP99Seconds: number('seconds', 'lower', 'slos'),
  tracingSampled: yesNo('review'),
  modelTagOnTraces: yesNo('review'),
  canaryLast90d: number('count', 'higher', 'canary'),
  canaryRollbackRate90d: number('ratio', 'neither', 'canary'),
  canaryGatesQuality: yesNo('canary'),
  tokensPerDay: number('tokens-per-day', 'neither', 'slos'),
  costPerDayEstimate: number('money-per-day', 'neither', 'slos'),
  modelsInUse: number('count', 'neither', 'slos'),
} as const satisfies Record<string, FactDefinition>;

/** @public */
export type FactName = keyof typeof factDefinitions;

/** @public */
export const factNames = Object.keys(factDefinitions) as FactName[];

/** Whether there is a fact of that name. @public */
export function isFactName(name: string): name is FactName {
  return Object.hasOwn(factDefinitions, name);
}
