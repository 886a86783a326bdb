import type { CanaryGateResult } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../../format';
import type { Translate } from '../../../translation';

/** A gate's value with its unit. */
export function gateValue(
  unit: CanaryGateResult['unit'],
  value: number,
  format: Format,
  t: Translate,
): string {
  switch (unit) {
    case 'ratio':
      return format.percent(value);
    case 'ms':
      return format.duration(value);
    case 'tokens':
      return t('canary.unit.tokens', { value: format.number(value) });
    case 'number':
      return format.number(value);
    default:
      return t('canary.unit.endpoints', {
        count: value,
        value: format.number(value),
      });
  }
}
