import type { Translate } from '../../../translation';
import type { DraftIssues } from './planDraft';

/** What a field of the plan has to be like. */
const ranges = {
  initialWeight: 'canary.rule.weight',
  stepWeight: 'canary.rule.weight',
  targetWeight: 'canary.rule.weight',
  steps: 'canary.rule.steps',
  intervalSeconds: 'canary.rule.interval',
  checkSeconds: 'canary.rule.check',
  confidence: 'canary.rule.confidence',
  minRequests: 'canary.rule.minRequests',
  failureLimit: 'canary.rule.failureLimit',
  longestHoldSeconds: 'canary.rule.longestHold',
  headerPhase: 'canary.rule.header',
  'affinity.cookie': 'canary.rule.cookie',
  'affinity.maxAgeSeconds': 'canary.rule.cookieAge',
  cleanUp: 'canary.rule.seconds',
  gates: 'canary.rule.bound',
  nonInferiorityMargin: 'canary.rule.margin',
} as const;

/** How fields have to fit together. */
const rules = {
  initialWeight: 'canary.rule.initialAboveTarget',
  steps: 'canary.rule.ascending',
  confirmBefore: 'canary.rule.confirm',
  affinity: 'canary.rule.cookieSecure',
  checkSeconds: 'canary.rule.checkLonger',
  longestHoldSeconds: 'canary.rule.holdShorter',
  startWindow: 'canary.rule.windowOrder',
  gates: 'canary.rule.boundOrder',
} as const;

/**
 * What is wrong with a field, in the reader's language.
 *
 * @param leastIntervalSeconds - of the cluster that was chosen
 * @param path - of the field in the plan: `steps`, `gates.errorRate.advanceBelow`
 */
export function fieldMessage(
  path: string,
  issues: DraftIssues | undefined,
  t: Translate,
  leastIntervalSeconds?: number,
): string | undefined {
  const found = Object.entries(issues ?? {}).find(
    ([at]) => at === path || at.startsWith(`${path}.`),
  );
  if (!found) {
    return undefined;
  }
  const [root] = path.split('.');
  const leaf = path.slice(path.lastIndexOf('.') + 1);
  const [, kind] = found;
  if (kind === 'rule' && root === 'intervalSeconds') {
    return t('canary.rule.fourScrapes', {
      least: String(leastIntervalSeconds),
    });
  }
  if (kind === 'rule' && root in rules) {
    return t(rules[root as keyof typeof rules]);
  }
  return t(
    ranges[path as keyof typeof ranges] ??
      ranges[leaf as keyof typeof ranges] ??
      ranges[root as keyof typeof ranges] ??
      'canary.rule.invalid',
  );
}
