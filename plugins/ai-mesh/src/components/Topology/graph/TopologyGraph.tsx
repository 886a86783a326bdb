import '@xyflow/react/dist/base.css';
import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import {
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  type Viewport,
} from '@xyflow/react';
import {
  KeyboardEvent,
  useCallback,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import type { CallChange } from '../compare';
import type { Visible } from '../filterTopology';
import { foldGroups, groupOfId, type Groups, noGroups } from '../group';
import type { Selection } from '../useTopologyChoices';
import { Arrows } from './Arrows';
import { CallEdge } from './CallEdge';
import { graphElements, type ServiceFlowNode } from './graphElements';
import { GroupNode, type GroupFlowNode } from './GroupNode';
import { GraphButtons } from './GraphButtons';
import { DRAWN_AT_ONCE } from './inView';
import { structureOf } from './layoutGraph';
import { Direction, neighbourOf } from './neighbour';
import { ServiceNode } from './ServiceNode';
import { useLayout } from './useLayout';
import { openingView } from './openingView';
import { useRoom } from './useRoom';
import { ViewKeeper } from './ViewKeeper';

type GraphNode = ServiceFlowNode | GroupFlowNode;

const nodeTypes = { service: ServiceNode, frame: GroupNode };
const edgeTypes = { call: CallEdge };
const proOptions = { hideAttribution: true };

/** From so many nodes on a small map says where one is. */
const NEEDS_MAP = 20;
/** Frames to wait for a node that comes into view to be drawn. */
const PATIENCE = 30;
/** Pixels: the graph is as high as the room below its top, and never lower than this. */
const LEAST_HEIGHT = 420;
/** Where something below it is to be seen beside it. */
const LEAST_SHARED_HEIGHT = 320;
/** Pixels of the help below the graph. */
const HELP_HEIGHT = 64;
const BORDER = 1;

const directions: Record<string, Direction | undefined> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const useStyles = makeStyles(theme => ({
  graph: {
    border: `${BORDER}px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
  },
  underway: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
  },
  map: {
    '& svg': { display: 'block' },
    backgroundColor: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
  },
  help: {
    ...theme.typography.caption,
    margin: theme.spacing(0.5, 0, 0),
  },
}));

/** The neighbourhood as a graph. The places depend on the structure alone, so a refresh moves nothing. */
export function TopologyGraph(props: {
  topology: Topology;
  visible: Visible;
  found: Visible;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** What the reader chose to see, in a word: another choice opens the graph anew. */
  choice: string;
  /** Pixels on the right that the details lie over. */
  covered: number;
  /** By the id of the call, where two moments are compared. */
  changes?: ReadonlyMap<string, CallChange>;
  /** Which services stand together; none unless said. */
  groups?: Groups;
  /** Pixels to leave for what stands below and is to be seen beside it. */
  roomToLeave?: number;
}) {
  const { topology, visible, found, selection, onSelect, choice, covered } =
    props;
  const { changes, groups = noGroups, roomToLeave = 0 } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const helpId = useId();
  const container = useRef<HTMLDivElement>(null);

  const room = useRoom(container);
  const height = Math.max(
    roomToLeave > 0 ? LEAST_SHARED_HEIGHT : LEAST_HEIGHT,
    (room?.below ?? 0) - HELP_HEIGHT - roomToLeave,
  );

  const drawn = useMemo(
    () =>
      foldGroups(
        {
          nodes: topology.nodes.filter(({ id }) => visible.nodes.has(id)),
          edges: topology.edges.filter(({ id }) => visible.edges.has(id)),
        },
        groups,
      ),
    [topology, visible, groups],
  );
  const structure = useMemo(
    () => JSON.stringify(structureOf(drawn, groups.of)),
    [drawn, groups.of],
  );
  const key = `${topology.entityRef} ${topology.depth} ${choice}`;
  const { layout, underway } = useLayout(structure, key);

  const [reached, setReached] = useState<string>();
  const shown = drawn.nodes;
  const current =
    shown.find(({ id }) => id === reached) ??
    shown.find(({ id }) => selection === `node:${id}`) ??
    shown.find(({ relation }) => relation === 'own') ??
    shown[0];

  const opening = useMemo(
    () => ({
      key,
      own: shown
        .filter(({ relation }) => relation === 'own')
        .map(({ id }) => id),
      near: shown.filter(({ distance }) => distance <= 1).map(({ id }) => id),
    }),
    // The nodes shown are those of the structure.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key, structure],
  );

  // Where it is drawn first. Elsewhere, all that is in view would be drawn in vain before it gets there.
  const first = useRef<Viewport>();
  if (room && layout) {
    first.current ??= openingView(layout, opening, {
      width: room.width - 2 * BORDER,
      height: height - 2 * BORDER,
    });
  }

  const elements = useMemo(
    () =>
      layout &&
      graphElements({
        topology,
        drawn,
        groups,
        layout,
        found,
        selection,
        current: current?.id,
        onSelectEdge: id => {
          const edge = drawn.edges.find(one => one.id === id);
          const isCall = topology.edges.some(one => one.id === id);
          const group =
            edge && (groupOfId(edge.target) ?? groupOfId(edge.source));
          if (isCall || group === undefined) {
            onSelect(`edge:${id}`);
          } else {
            // Several calls in one line: which ones shows once they are apart.
            groups.toggle(group);
          }
        },
        changes,
      }),
    [
      topology,
      drawn,
      groups,
      layout,
      found,
      selection,
      current?.id,
      onSelect,
      changes,
    ],
  );

  // The same from drawing to drawing, or the library draws each node anew.
  const selectNode = useCallback(
    (_: unknown, { id, type }: GraphNode) =>
      type === 'service' && onSelect(`node:${id}`),
    [onSelect],
  );
  const colourOnMap = useCallback(
    ({ data }: GraphNode) => {
      const health =
        'node' in data ? data.node.health.status : data.folded?.health;
      return health ? tones[health].mark : 'transparent';
    },
    [tones],
  );

  const handleKey = (event: KeyboardEvent) => {
    const at = nodeAt(event.target);
    if (at === undefined || !layout) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      if (groupOfId(at) !== undefined) {
        // Its button does by itself what a key on a button does.
        return;
      }
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
      nodes: [...drawn.nodes, ...drawn.folded]
        .map(({ id }) => id)
        .filter(id => layout.nodes[id]),
      edges: [...drawn.edges],
    });
    if (next !== undefined) {
      setReached(next);
      focusNode(container.current, next);
    }
  };

  return (
    <ReactFlowProvider>
      <div
        // Keys are handled here for the nodes inside, which have the roles.
        role="presentation"
        ref={container}
        className={classes.graph}
        style={{ height }}
        onKeyDown={handleKey}
        onFocus={event => {
          const at = nodeAt(event.target);
          if (at !== undefined) {
            setReached(at);
          }
        }}
      >
        <Arrows />
        {!layout || !elements || !first.current ? (
          <div role="status" className={classes.underway}>
            {t('topology.graph.underway', { count: shown.length })}
          </div>
        ) : (
          <ReactFlow
            nodes={elements.nodes}
            edges={elements.edges}
            defaultViewport={first.current}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodeClick={selectNode}
            aria-label={t('topology.graph.name')}
            aria-describedby={helpId}
            onlyRenderVisibleElements={elements.nodes.length > DRAWN_AT_ONCE}
            minZoom={0.1}
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
            proOptions={proOptions}
          >
            <GraphButtons opening={opening} layout={layout} />
            {elements.nodes.length > NEEDS_MAP && (
              <MiniMap<GraphNode>
                pannable
                zoomable
                className={classes.map}
                ariaLabel={t('topology.graph.map')}
                nodeColor={colourOnMap}
              />
            )}
            {!underway && (
              <ViewKeeper
                opening={opening}
                anchor={current?.id}
                focused={reached}
                covered={covered}
                layout={layout}
              />
            )}
          </ReactFlow>
        )}
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

/** A node that has just come into view is drawn a little later. */
function focusNode(
  container: HTMLElement | null,
  nodeId: string,
  frames = PATIENCE,
) {
  const element = nodeElement(container, nodeId);
  if (element) {
    element.focus({ preventScroll: true });
  } else if (frames > 0) {
    requestAnimationFrame(() => focusNode(container, nodeId, frames - 1));
  }
}
