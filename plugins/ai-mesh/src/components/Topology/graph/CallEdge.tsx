import { makeStyles, useTheme } from '@material-ui/core/styles';
import { BaseEdge, EdgeLabelRenderer, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useFormat } from '../../../format';
import { type Tone, useTones } from '../../../theme';
import { EncryptionMark } from '../../Marks';
import { changeLines, turnTones } from '../compare';
import { edgeLines, edgeName } from '../describe';
import { edgeHealth, isAlarming } from '../edgeHealth';
import { arrowId } from './Arrows';
import type { CallFlowEdge } from './graphElements';
import { labelShape, labelSpare } from './nodeSize';

const useStyles = makeStyles(theme => ({
  label: {
    position: 'absolute',
    boxSizing: 'border-box',
    // Two moments beside each other take more room than one.
    width: 'max-content',
    minWidth: labelShape.width,
    maxWidth: labelShape.width + 2 * labelSpare,
    minHeight: labelShape.height,
    padding: '2px 4px',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    color: theme.palette.text.primary,
    font: 'inherit',
    fontSize: '0.75rem',
    lineHeight: '16px',
    fontVariantNumeric: 'tabular-nums',
    cursor: 'pointer',
    pointerEvents: 'all',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    '&:hover, &:focus, &[aria-pressed=true]': { zIndex: 1 },
    '&:focus-visible': {
      outline: `3px solid ${theme.palette.primary.main}`,
      outlineOffset: 1,
    },
  },
  // Said where it is the problem; else on hover, on focus, and of the call that is selected.
  more: {
    display: 'none',
    '$label:hover &, $label:focus &, $label[aria-pressed=true] &': {
      display: 'block',
    },
  },
}));

/** A call: a line that is the thicker the more requests take it, and a label with its lock and what matters of it. */
export const CallEdge = memo((props: EdgeProps<CallFlowEdge>) => {
  const { data } = props;
  const { t, format } = useFormat();
  const theme = useTheme();
  const tones = useTones();
  const classes = useStyles();
  if (!data) {
    return null;
  }
  const { edge, topology, change, path, label, selected, found, onSelect } =
    data;
  const ring = selected || found ? tones.accent.mark : undefined;
  const health = edgeHealth(edge);
  const ownTone: Tone = isAlarming(health) ? health : 'unknown';
  const tone = change ? turnTones[change.turn] : ownTone;
  const coloured = tone !== 'unknown';
  const colour = tones[tone].mark;
  const rate =
    edge.traffic.requestsPerSecond.status === 'known'
      ? edge.traffic.requestsPerSecond.value
      : 0;
  const lines = change
    ? changeLines(change, format, t)
    : edgeLines(edge, format, t);
  const [first, second, ...more] = lines;
  return (
    <>
      <BaseEdge
        path={path}
        markerEnd={`url(#${arrowId(tone)})`}
        style={{
          stroke: colour,
          strokeWidth: Math.min(1.5 + Math.log10(1 + rate) * 1.5, 6),
          strokeDasharray: change?.turn === 'gone' ? '6 4' : undefined,
        }}
      />
      <EdgeLabelRenderer>
        <button
          type="button"
          // Arrows lead from node to node; a call is reached through its ends' details or the table.
          tabIndex={-1}
          className={classes.label}
          aria-label={edgeName(edge, topology, format, t, lines)}
          aria-pressed={selected}
          data-edge={edge.id}
          onClick={() => onSelect(edge.id)}
          style={{
            transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)`,
            borderColor: coloured ? colour : theme.palette.divider,
            boxShadow: ring && `0 0 0 ${selected ? 3 : 2}px ${ring}`,
          }}
        >
          <EncryptionMark encryption={edge.encryption} decorative /> {first}{' '}
          {/* The blanks keep the words apart for who compares them with the name. */}
          <div
            style={
              coloured && tone !== 'slow'
                ? { color: tones[tone].text }
                : undefined
            }
          >
            {second}{' '}
          </div>
          {more.map(line => (
            <div
              key={line}
              className={tone === 'slow' ? undefined : classes.more}
              style={tone === 'slow' ? { color: tones.slow.text } : undefined}
            >
              {line}{' '}
            </div>
          ))}
        </button>
      </EdgeLabelRenderer>
    </>
  );
});
