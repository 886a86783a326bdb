import '@xyflow/react/dist/base.css';
import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import type { Visible } from '../filterTopology';
import type { Selection } from '../useTopologyChoices';
import { Arrows } from './Arrows';
import { CallEdge } from './CallEdge';
import { fitOptions } from './fitOptions';
import { graphElements } from './graphElements';
import { GraphButtons } from './GraphButtons';
import { layoutGraph, Structure, structureOf } from './layoutGraph';
import { Direction, neighbourOf } from './neighbour';
import { ServiceNode } from './ServiceNode';
import { ViewKeeper } from './ViewKeeper';

const nodeTypes = { service: ServiceNode };
const edgeTypes = { call: CallEdge };

const directions: Record<string, Direction | undefined> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const useStyles = makeStyles(theme => ({
  graph: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
  },
  help: {
    ...theme.typography.caption,
    margin: theme.spacing(0.5, 0, 0),
  },
}));

/** As high as the graph is, with room for its buttons; never higher than the window. */
const graphHeight = (height: number) =>
  `clamp(340px, ${height + 60}px, calc(100vh - 120px))`;

/** The neighbourhood as a graph. The places depend on the structure alone, so a refresh moves nothing. */
export function TopologyGraph(props: {
  topology: Topology;
  visible: Visible;
  found: Set<string>;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** Pixels on the right that the details lie over. */
  covered: number;
}) {
  const { topology, visible, found, selection, onSelect, covered } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const helpId = useId();
  const container = useRef<HTMLDivElement>(null);

  const structure = JSON.stringify(structureOf(topology));
  const layout = useMemo(
    () => layoutGraph(JSON.parse(structure) as Structure),
    [structure],
  );

  const [reached, setReached] = useState<string>();
  const shown = topology.nodes.filter(({ id }) => visible.nodes.has(id));
  const current =
    shown.find(({ id }) => id === reached) ??
    shown.find(({ id }) => selection === `node:${id}`) ??
    shown.find(({ relation }) => relation === 'own') ??
    shown[0];

  const elements = useMemo(
    () =>
      graphElements({
        topology,
        layout,
        visible,
        found,
        selection,
        current: current?.id,
        onSelectEdge: id => onSelect(`edge:${id}`),
      }),
    [topology, layout, visible, found, selection, current?.id, onSelect],
  );

  const handleKey = (event: KeyboardEvent) => {
    const at = nodeAt(event.target);
    if (at === undefined) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(`node:${at}`);
      return;
    }
    const direction = directions[event.key];
    if (!direction) {
      return;
    }
    event.preventDefault();
    const next = neighbourOf(at, direction, layout, {
      nodes: [...visible.nodes],
      edges: topology.edges.filter(({ id }) => visible.edges.has(id)),
    });
    if (next !== undefined) {
      setReached(next);
      nodeElement(container.current, next)?.focus();
    }
  };

  return (
    <ReactFlowProvider>
      <div
        // Keys are handled here for the nodes inside, which have the roles.
        role="presentation"
        ref={container}
        className={classes.graph}
        style={{ height: graphHeight(layout.height) }}
        onKeyDown={handleKey}
        onFocus={event => {
          const at = nodeAt(event.target);
          if (at !== undefined) {
            setReached(at);
          }
        }}
      >
        <Arrows />
        <ReactFlow
          nodes={elements.nodes}
          edges={elements.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodeClick={(_, { id }) => onSelect(`node:${id}`)}
          aria-label={t('topology.graph.name')}
          aria-describedby={helpId}
          fitView
          fitViewOptions={fitOptions}
          minZoom={0.2}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          // The wheel belongs to the page; with Ctrl, a pinch or the buttons one zooms.
          zoomOnScroll={false}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
        >
          <GraphButtons />
          <ViewKeeper
            // Fits again when the graph itself or the choice of what is shown changes, never on a refresh.
            fitKey={`${structure} ${[...visible.nodes].sort().join(' ')}`}
            focused={reached}
            covered={covered}
            layout={layout}
          />
        </ReactFlow>
      </div>
      <p
        id={helpId}
        className={classes.help}
        style={{ color: tones.unknown.text }}
      >
        {t('topology.graph.help')}
      </p>
    </ReactFlowProvider>
  );
}

function nodeAt(target: EventTarget): string | undefined {
  return target instanceof HTMLElement ? target.dataset.node : undefined;
}

function nodeElement(
  container: HTMLElement | null,
  nodeId: string,
): HTMLElement | undefined {
  return [
    ...(container?.querySelectorAll<HTMLElement>('[data-node]') ?? []),
  ].find(element => element.dataset.node === nodeId);
}
