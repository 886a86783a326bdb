import {
  canaryGateNameSchema,
  type CanaryGateTitle,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../../translation';

/** A further gate's title in the reader's language. */
export function gateTitle({ en, zh }: CanaryGateTitle, language: string) {
  return language.startsWith('zh') && zh ? zh : en;
}

/** What a gate is called: one of the requests' by the plugin's own words, a further one by its title. */
export function gateName(
  { gate, title }: { gate: string; title?: CanaryGateTitle },
  t: Translate,
  language: string,
): string {
  const own = canaryGateNameSchema.safeParse(gate);
  if (own.success) {
    return t(`canary.gate.${own.data}`);
  }
  return title ? gateTitle(title, language) : gate;
}
