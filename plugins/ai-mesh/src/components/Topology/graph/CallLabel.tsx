import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useFormat } from '../../../format';
import { type Tone, useTones } from '../../../theme';
import { EncryptionMark } from '../../Marks';
import { changeLines } from '../compare';
import { edgeLines, edgeName } from '../describe';
import type { CallData } from './graphElements';
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

/** What stands on the line of a call: its lock and what matters of it. */
export function CallLabel(props: { data: CallData; tone: Tone }) {
  const { data, tone } = props;
  const { edge, topology, change, label, selected, found, onSelect } = data;
  const { t, format } = useFormat();
  const theme = useTheme();
  const tones = useTones();
  const classes = useStyles();
  const ring = selected || found ? tones.accent.mark : undefined;
  const coloured = tone !== 'unknown';
  const lines = change
    ? changeLines(change, format, t)
    : edgeLines(edge, format, t);
  const [first, second, ...more] = lines;
  return (
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
        borderColor: coloured ? tones[tone].mark : theme.palette.divider,
        boxShadow: ring && `0 0 0 ${selected ? 3 : 2}px ${ring}`,
      }}
    >
      <EncryptionMark encryption={edge.encryption} decorative /> {first}{' '}
      {/* The blanks keep the words apart for who compares them with the name. */}
      <div
        style={
          coloured && tone !== 'slow' ? { color: tones[tone].text } : undefined
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
  );
}
