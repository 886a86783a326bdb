import {
  canaryGateNameSchema,
  type CanaryGateTitle,
  languageKey,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../../translation';

/** A title in the reader's language where there is one, as of a further gate. */
export function gateTitle(title: CanaryGateTitle, language: string): string {
  const key = languageKey(language);
  return (Object.hasOwn(title, key) && title[key]) || title.en;
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
