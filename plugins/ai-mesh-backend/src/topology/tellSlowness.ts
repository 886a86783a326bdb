import {
  inEnglish,
  wording,
  wordsOf,
  type Health,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshTable } from '../telemetry';

/**
 * Says with a judgement that nobody can tell whether it is slow. Of what fails, or is not known anyway, that does not matter.
 *
 * @param table - one that tells no usual latencies; absent: all do
 */
export function tellSlowness(
  health: Health,
  table: MeshTable | undefined,
): Health {
  if (!table || (health.status !== 'healthy' && health.status !== 'degraded')) {
    return health;
  }
  const why = table.leftOut
    ? [wording('health.slownessNotAsked')]
    : [
        wording('health.slownessNotKnown'),
        ...(table.usual.status === 'unknown' ? wordsOf(table.usual) : []),
      ];
  return {
    status: health.status,
    message: `${health.message} ${inEnglish(why)}`,
    words: [...wordsOf(health), ...why],
    slownessNotKnown: true,
  };
}
