import type { Health } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import { HealthIcon } from '../../Marks';
import type { Grouping } from '../group';
import { nodeShape } from './nodeSize';

/** A group of services as the graph library holds it: a frame around them, or one box for all. */
export type GroupFlowNode = Node<
  {
    grouping: Exclude<Grouping, 'none'>;
    name: string;
    /** Of a folded group: how many services it stands for, and how the worst of them does. */
    folded?: { count: number; health: Health['status'] };
    onToggle: () => void;
  },
  // Not `group`, which the library draws a border of its own around.
  'frame'
>;

const useStyles = makeStyles(theme => ({
  frame: {
    boxSizing: 'border-box',
    // The graph opens on its middle, and a frame may be wider than what is seen.
    display: 'flex',
    justifyContent: 'center',
    alignItems: 'flex-start',
    width: '100%',
    height: '100%',
    border: `1px dashed ${theme.palette.text.secondary}`,
    borderRadius: theme.shape.borderRadius * 2,
  },
  button: {
    boxSizing: 'border-box',
    font: 'inherit',
    fontSize: '0.75rem',
    lineHeight: '18px',
    padding: '0 6px',
    cursor: 'pointer',
    pointerEvents: 'all',
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '&:focus-visible': {
      outline: `3px solid ${theme.palette.primary.main}`,
      outlineOffset: 1,
    },
  },
  box: {
    display: 'block',
    width: '100%',
    height: '100%',
    textAlign: 'left',
    padding: `${nodeShape.padding}px`,
    borderStyle: 'double',
    borderWidth: 3,
    borderLeftWidth: 5,
  },
  title: { display: 'flex', alignItems: 'center', fontSize: '0.875rem' },
  name: { flex: 1, overflow: 'hidden', textOverflow: 'ellipsis' },
  handle: { opacity: 0, pointerEvents: 'none' },
}));

/** Services that belong together; its title folds and unfolds them. */
export const GroupNode = memo((props: NodeProps<GroupFlowNode>) => {
  const { grouping, name, folded, onToggle } = props.data;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const kind = t(`topology.group.${grouping}`);
  if (!folded) {
    return (
      <div className={classes.frame}>
        <button
          type="button"
          aria-expanded
          // The graph is not moved by it.
          className={`${classes.button} nopan nodrag`}
          onClick={onToggle}
        >
          ▾ {kind} {name}
        </button>
      </div>
    );
  }
  return (
    <>
      <Handle
        type="target"
        position={Position.Left}
        className={classes.handle}
        isConnectable={false}
      />
      <button
        type="button"
        aria-expanded={false}
        data-node={props.id}
        className={`${classes.button} ${classes.box} nopan nodrag`}
        style={{ borderLeftColor: tones[folded.health].mark }}
        onClick={onToggle}
      >
        <span className={classes.title}>
          <span className={classes.name}>
            ▸ {kind} {name}
          </span>
          <HealthIcon status={folded.health} />
        </span>
        <span>
          {t('topology.group.folded', { count: folded.count })} ·{' '}
          {t(`health.${folded.health}`)}
        </span>
      </button>
      <Handle
        type="source"
        position={Position.Right}
        className={classes.handle}
        isConnectable={false}
      />
    </>
  );
});
