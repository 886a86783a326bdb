import type { QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import { useState } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { FigureOrigin } from './FigureOrigin';
import { useQueries } from './Queries';
import { Reading } from './reading';

const useStyles = makeStyles(theme => ({
  figure: {
    font: 'inherit',
    color: 'inherit',
    verticalAlign: 'baseline',
    textAlign: 'inherit',
    borderRadius: theme.shape.borderRadius,
    fontVariantNumeric: 'tabular-nums',
    '&:hover, &:focus-visible': {
      textDecoration: 'underline dotted',
      textUnderlineOffset: '0.2em',
    },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  unknown: { color: theme.palette.text.secondary },
  tooltip: {
    maxWidth: 'min(420px, calc(100vw - 32px))',
    fontSize: '0.75rem',
    backgroundColor: theme.palette.grey[800],
  },
  line: { display: 'block', overflowWrap: 'anywhere' },
  promql: {
    display: '-webkit-box',
    fontFamily: 'monospace',
    marginTop: theme.spacing(0.5),
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    '-webkit-box-orient': 'vertical',
    '-webkit-line-clamp': 4,
  },
}));

/**
 * A number that can account for itself: its exact value and its query are a hover, a focus or a click away.
 * An unknown one is a dash, and says why in the same places.
 */
export function Figure(props: {
  /** What the number is: `p95 latency`. */
  label: string;
  reading: Reading;
  /** The query that made it, if one did. */
  query?: QueryTrace['id'];
  cluster?: string;
}) {
  const { label, reading, query, cluster } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<Element | null>(null);
  const { queries } = useQueries(query, cluster);
  const isKnown = reading.status === 'known';
  const { promql, alike } = (query && queries[0]) || {};
  const lines = isKnown
    ? [t('figure.exact', { value: reading.exact }), reading.note]
    : [reading.why];

  return (
    <>
      <Tooltip
        classes={{ tooltip: classes.tooltip }}
        title={
          <>
            {[label, ...lines].map(
              line =>
                line && (
                  <span key={line} className={classes.line}>
                    {line}
                  </span>
                ),
            )}
            {promql && <code className={classes.promql}>{promql}</code>}
            {alike !== undefined && (
              <span className={classes.line}>
                {t('figure.alike', { all: `${alike}` })}
              </span>
            )}
          </>
        }
      >
        <ButtonBase
          className={`${classes.figure} ${isKnown ? '' : classes.unknown}`}
          aria-label={`${label}: ${
            isKnown ? reading.text : `${t('unknown.name')}. ${reading.why}`
          }`}
          aria-haspopup="dialog"
          onClick={event => setAnchor(event.currentTarget)}
        >
          {isKnown ? reading.text : '–'}
        </ButtonBase>
      </Tooltip>
      {anchor && (
        <FigureOrigin
          anchor={anchor}
          onClose={() => setAnchor(null)}
          label={label}
          reading={reading}
          query={query}
          cluster={cluster}
        />
      )}
    </>
  );
}
