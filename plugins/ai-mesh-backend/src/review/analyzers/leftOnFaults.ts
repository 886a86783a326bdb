import {
  wording,
  type RouteRule,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { removeValue, stepsOf } from '../../manifest';
import { formatDuration } from '../../routes/duration';
import { wordingWith } from '../../worded';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { requestRules, ruleOf } from '../subjectRules';

/** AIM305: fault injection left on. */
export const leftOnFaults: Analyzer = {
  codes: ['AIM305'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { rule, object } = entry;
      const fault = describe(rule.fault);
      if (!fault) {
        continue;
      }
      const path = `${rule.path}.fault`;
      const operations = removeValue(object, stepsOf(path));
      yield {
        key: 'AIM305',
        object,
        path,
        params: { place: ruleOf(entry), fault },
        ...(operations.length > 0 && { fix: { object, operations } }),
      };
    }
  },
};

function describe({ delay, abort }: RouteRule['fault'] = {}):
  Words | undefined {
  const delayed =
    delay && delay.percent > 0
      ? wording('found.delay', {
          delay: formatDuration(delay.fixedDelayMs),
          delayPercent: delay.percent,
        })
      : undefined;
  const aborted =
    abort && abort.percent > 0
      ? wording('found.abort', {
          status: abort.status,
          abortPercent: abort.percent,
        })
      : undefined;
  return delayed && aborted
    ? wordingWith('found.both', { first: delayed, second: aborted })
    : (delayed ?? aborted);
}
