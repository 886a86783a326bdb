import type { TopologyVersion } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { nodeShape } from './nodeSize';

const useStyles = makeStyles(theme => ({
  version: {
    display: 'grid',
    gridTemplateColumns: '56px 1fr 52px',
    alignItems: 'center',
    gap: 6,
    height: nodeShape.versionHeight,
    fontSize: '0.75rem',
  },
  name: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  bar: {
    height: 8,
    borderRadius: 4,
    overflow: 'hidden',
    backgroundColor: theme.palette.action.selected,
  },
  share: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
}));

/** A version and its share of the service's requests. */
export function VersionLine(props: { version: TopologyVersion }) {
  const { name, observedShare } = props.version;
  const { t, format } = useFormat();
  const { accent } = useTones();
  const classes = useStyles();
  return (
    <div className={classes.version}>
      <span className={classes.name}>
        {name || t('topology.node.noVersion')}
      </span>
      <div className={classes.bar}>
        {observedShare.status === 'known' && (
          <div
            style={{
              width: `${observedShare.value * 100}%`,
              height: '100%',
              backgroundColor: accent.mark,
            }}
          />
        )}
      </div>
      <span className={classes.share}>
        {observedShare.status === 'known'
          ? format.percent(observedShare.value)
          : '–'}
      </span>
    </div>
  );
}
