import { setValue, stepsOf } from '../../manifest';
import { formatDuration } from '../../routes/duration';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { requestRules, ruleOf } from '../subjectRules';

/** AIM104: retries that do not fit into the timeout; the last one then never begins. */
export const retriesBeyondTimeout: Analyzer = {
  codes: ['AIM104'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { rule, object } = entry;
      const { timeoutMs, retries, path } = rule;
      const perTry = retries?.perTryTimeoutMs;
      if (
        timeoutMs === null ||
        !retries ||
        perTry === undefined ||
        retries.attempts * perTry <= timeoutMs
      ) {
        continue;
      }
      yield {
        key: 'AIM104',
        object,
        path: `${path}.retries.perTryTimeout`,
        params: {
          place: ruleOf(entry),
          attempts: retries.attempts,
          perTry: formatDuration(perTry),
          timeout: formatDuration(timeoutMs),
        },
        ...(object.kind === 'VirtualService' && {
          fix: {
            object,
            operations: setValue(
              object,
              stepsOf(`${path}.retries.perTryTimeout`),
              formatDuration(Math.floor(timeoutMs / retries.attempts)),
            ),
          },
        }),
      };
    }
  },
};
