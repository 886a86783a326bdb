import type { CanaryGateTitle } from '@ai-mesh/plugin-ai-mesh-common';

/** What fills the places of gates in a text: their English titles, and those in Chinese for its texts. */
export function titlesOf(titles: readonly CanaryGateTitle[]) {
  return {
    gates: titles.map(({ en }) => en).join(', '),
    titles: titles.map(({ en, zh }) => zh ?? en).join('、'),
  };
}

/** The same of one gate. */
export function titleOf({ en, zh }: CanaryGateTitle) {
  return { gate: en, title: zh ?? en };
}
