import { known, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { setValue, stepsOf } from '../../manifest';
import { formatDuration } from '../../routes/duration';
import { percent } from '../../telemetry/percentOf';
import { gap, ROUTE_KINDS, seen, type Analyzer } from '../Analyzer';
import { slowestP99 } from '../slowestP99';
import { requestRules, ruleOf, serviceName } from '../subjectRules';
import { timeoutFor } from '../suggestions';
import { timeoutPath } from './missingTimeout';

/** One in a hundred cut off: the slowest hundredth does not fit, whatever the histogram says. */
const CUT_OFF = 0.01;
/** Answers that are cut off end at the timeout: the slowest hundredth then lies just below it. */
const JUST_BELOW = 0.9;

/** AIM102: a timeout below the model's observed p99. */
export const shortTimeout: Analyzer = {
  codes: ['AIM102'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    const { telemetry } = subject;
    const rules = requestRules(subject).filter(
      ({ rule }) => rule.timeoutMs !== null,
    );
    if (rules.length > 0 && telemetry.p99Ms.status === 'unknown') {
      yield gap('AIM102', telemetry.p99Ms);
    }
    const cutOff =
      telemetry.cutOffRatio.status === 'known'
        ? telemetry.cutOffRatio.value
        : 0;
    for (const { rule, object } of rules) {
      const timeoutMs = rule.timeoutMs!;
      const p99 = slowestP99(subject, rule);
      const isOnly = rules.length === 1;
      if (
        p99 !== undefined &&
        (p99 > timeoutMs ||
          (cutOff >= CUT_OFF && (isOnly || p99 >= JUST_BELOW * timeoutMs)))
      ) {
        const slowest = Math.max(p99, timeoutMs);
        const path = timeoutPath(object, rule.path);
        yield {
          key: 'AIM102',
          object,
          path: path ?? rule.path,
          params: {
            place: ruleOf({ rule, object }),
            service: serviceName(subject),
            timeout: formatDuration(timeoutMs),
            p99: formatDuration(Math.round(slowest)),
          },
          evidence: [
            seen(
              wording('review.p99', { p99: formatDuration(Math.round(p99)) }),
            ),
            ...(cutOff > 0
              ? [seen(wording('review.cutOff', { percent: percent(cutOff) }))]
              : []),
          ],
          ...(path !== undefined && {
            fix: {
              object,
              operations: setValue(
                object,
                stepsOf(path),
                formatDuration(timeoutFor(known(slowest))),
              ),
            },
          }),
        };
      }
    }
  },
};
