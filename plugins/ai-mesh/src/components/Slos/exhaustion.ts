import type { ObjectiveStatus } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import { read, type Reading } from '../Figures';

/** When the budget is spent if it burns on as in the last hour. */
export function exhaustionReading(
  { secondsToExhaustion, youngWithinSeconds }: ObjectiveStatus,
  format: Format,
  t: Translate,
): Reading {
  return read(secondsToExhaustion, t, seconds => {
    if (seconds === null) {
      const never = t('slos.exhaustion.never');
      return { value: Number.MAX_SAFE_INTEGER, text: never, exact: never };
    }
    return {
      value: seconds,
      text: text(seconds),
      exact: t('slos.exhaustion.seconds', { value: format.exact(seconds) }),
    };
  });

  function text(seconds: number): string {
    if (youngWithinSeconds !== undefined) {
      return t('slos.exhaustion.young');
    }
    return seconds === 0
      ? t('slos.exhaustion.spent')
      : t('slos.exhaustion.in', { span: format.span(seconds) });
  }
}
