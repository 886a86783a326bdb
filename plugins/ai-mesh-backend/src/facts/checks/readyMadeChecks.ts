import {
  checkTextsEn,
  readyMadeRules,
  type ReadyMadeCheckId,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Check, Level } from './CheckRule';

/** The ready-made checks on the configured levels: where there are fewer than three, the highest takes the rest. */
export function readyMadeChecks(
  levels: readonly Level[],
  wanted: readonly string[],
): Check[] {
  return Object.entries(readyMadeRules)
    .filter(([id]) => wanted.includes(id))
    .map(([id, { step, rule }]) => ({
      id,
      title: checkTextsEn[id as ReadyMadeCheckId].title,
      description: checkTextsEn[id as ReadyMadeCheckId].why,
      level: levels[Math.min(step, levels.length - 1)].id,
      appliesTo: { kinds: ['component'] },
      rule,
    }));
}
