import {
  ACTIVE_CANARY_STATES,
  type Canary,
} from '@ai-mesh/plugin-ai-mesh-common';

/** An entity's canaries by whether they want somebody's eye. */
export interface SortedOut {
  /** Running, waiting, or promoted with a clean-up that can be done or undone. */
  current: Canary[];
  earlier: Canary[];
}

/** Keeps the order that the backend gave. */
export function sortOut(canaries: readonly Canary[]): SortedOut {
  const isCurrent = ({ state, actions }: Canary) =>
    ACTIVE_CANARY_STATES.includes(state) || actions.length > 0;
  return {
    current: canaries.filter(isCurrent),
    earlier: canaries.filter(canary => !isCurrent(canary)),
  };
}
