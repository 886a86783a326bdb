import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { Figure, read } from '../Figures';
import { EncryptionWord } from '../Marks';
import { encryptionSentence } from './sentences';
import { Tile } from './Tile';

const useStyles = makeStyles(theme => ({
  callers: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    '& li': {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    },
  },
}));

/** How much of what arrives is encrypted, and who still calls in plaintext. */
export function EncryptionTile(props: {
  overview: Overview;
  jumps: Array<{ to: string; label: string }>;
}) {
  const { overview, jumps } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const { observed, plaintextCallers } = overview.mtls;
  const clusters = new Set(overview.services.map(({ cluster }) => cluster));
  return (
    <Tile
      title={t('overview.mtls.title')}
      mark={<EncryptionWord encryption={observed} />}
      sentence={encryptionSentence(overview, format, t)}
      jumps={jumps}
    >
      <div>
        <Typography variant="caption" color="textSecondary">
          {t('figure.encryptedShare')}
        </Typography>
        <Typography variant="h5" component="p">
          <Figure
            label={t('figure.encryptedShare')}
            query="requests"
            reading={read(observed, t, ({ share }) => ({
              value: share,
              text: format.percent(share),
              exact: `${format.exact(share * 100)}%`,
            }))}
          />
        </Typography>
      </div>
      {plaintextCallers.length > 0 && (
        <div>
          <Typography variant="caption" color="textSecondary" component="h3">
            {t('overview.mtls.callers')}
          </Typography>
          <ul className={classes.callers}>
            {plaintextCallers.map(caller => (
              <Typography
                component="li"
                variant="body2"
                key={`${caller.cluster} ${caller.namespace} ${caller.workload}`}
              >
                <span>
                  {[caller.namespace, caller.workload]
                    .filter(Boolean)
                    .join('/')}
                  {clusters.has(caller.cluster) && clusters.size === 1
                    ? ''
                    : ` · ${caller.cluster}`}
                </span>
                <Figure
                  label={t('figure.plaintextRate')}
                  query="requests"
                  cluster={caller.cluster}
                  reading={{
                    status: 'known',
                    value: caller.plaintextPerSecond,
                    text: format.calls(caller.plaintextPerSecond),
                    exact: format.exact(caller.plaintextPerSecond),
                  }}
                />
              </Typography>
            ))}
          </ul>
        </div>
      )}
    </Tile>
  );
}
