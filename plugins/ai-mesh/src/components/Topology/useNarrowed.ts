import { useMemo } from 'react';
import { type Parsed, parseExpression } from './expression';
import {
  filterTopology,
  findIn,
  type Graph,
  type Visible,
} from './filterTopology';
import type { TopologyChoices } from './useTopologyChoices';

/** The neighbourhood as far as the reader's choices show it. */
export interface Narrowed {
  find: Parsed;
  hide: Parsed;
  visible: Visible;
  /** What the reader looks for; undefined while nothing is looked for. */
  found?: Visible;
  /** How many services and calls the expression hides. */
  hidden: number;
}

const nothing: Graph = { nodes: [], edges: [] };

const sizeOf = ({ nodes, edges }: Visible) => nodes.size + edges.size;

/** Narrows a neighbourhood, none while there is no answer, by what the reader chose. */
export function useNarrowed(
  graph: Graph | undefined,
  { show, find: written, hide: hiding }: TopologyChoices,
): Narrowed {
  const find = useMemo(() => parseExpression(written), [written]);
  const hide = useMemo(() => parseExpression(hiding), [hiding]);
  const topology = graph ?? nothing;
  return useMemo(() => {
    const shown = filterTopology(topology, show);
    const visible =
      hide.status === 'read'
        ? filterTopology(topology, show, hide.expression)
        : shown;
    return {
      find,
      hide,
      visible,
      found:
        find.status === 'read' ? findIn(topology, find.expression) : undefined,
      hidden: sizeOf(shown) - sizeOf(visible),
    };
  }, [topology, show, find, hide]);
}
