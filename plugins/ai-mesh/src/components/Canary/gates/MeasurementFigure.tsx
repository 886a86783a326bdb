import type {
  CanaryGateResult,
  CanaryMeasurement,
} from '@ai-mesh/plugin-ai-mesh-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useFormat } from '../../../format';
import { Code, CopyButton, inARow, read } from '../../Figures';
import { gateValue } from './gateValue';

const useStyles = makeStyles(theme => ({
  figure: {
    font: 'inherit',
    color: 'inherit',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    textDecoration: 'underline dotted',
    textUnderlineOffset: '0.2em',
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  unknown: { color: theme.palette.text.secondary, textDecoration: 'none' },
  paper: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    maxWidth: 'min(480px, calc(100% - 32px))',
    overflowWrap: 'anywhere',
  },
}));

/** What a gate measured of one version; the query behind it is a click away. An unknown value is a dash and says why. */
export function MeasurementFigure(props: {
  /** `p99 latency of v2` */
  label: string;
  unit: CanaryGateResult['unit'];
  measurement: CanaryMeasurement;
}) {
  const { label, unit, measurement } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<Element | null>(null);
  const { requests, promql, earlierAt } = measurement;
  const reading = read(measurement.value, t, value => ({
    value,
    text: gateValue(unit, value, format, t),
    exact: t(`canary.unit.exact.${unit}`, { value: format.exact(value) }),
  }));
  const isKnown = reading.status === 'known';
  const notes = [
    isKnown ? t('figure.exact', { value: reading.exact }) : reading.why,
    requests.status === 'known' &&
      t('canary.gates.standsOn', { requests: format.requests(requests.value) }),
    earlierAt && t('canary.gates.earlier', { time: format.time(earlierAt) }),
  ].filter((note): note is string => Boolean(note));
  return (
    <>
      <Tooltip title={inARow(notes, t)}>
        <ButtonBase
          className={`${classes.figure} ${isKnown ? '' : classes.unknown}`}
          aria-label={`${label}: ${
            isKnown ? reading.text : `${t('unknown.name')}. ${reading.why}`
          }`}
          aria-haspopup="dialog"
          onClick={event => setAnchor(event.currentTarget)}
        >
          {isKnown ? reading.text : '–'}
          {earlierAt && ' *'}
        </ButtonBase>
      </Tooltip>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        PaperProps={{
          className: classes.paper,
          role: 'dialog',
          'aria-label': `${t('figure.open')}: ${label}`,
        }}
      >
        <Typography variant="subtitle2" component="p">
          {label}
        </Typography>
        {notes.map(note => (
          <Typography key={note} variant="body2">
            {note}
          </Typography>
        ))}
        {promql ? (
          <>
            <Code label={t('canary.gates.query')} wrapped>
              {promql}
            </Code>
            <div>
              <CopyButton text={promql} label={t('figure.copyPromql')} />
            </div>
          </>
        ) : (
          isKnown && (
            <Typography variant="body2" color="textSecondary">
              {t('figure.noQuery')}
            </Typography>
          )
        )}
      </Popover>
    </>
  );
}
