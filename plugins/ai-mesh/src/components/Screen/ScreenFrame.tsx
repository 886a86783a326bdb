import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import type { Polled } from '../../hooks';
import { RefreshFailure } from '../States';
import { Freshness } from './Freshness';

const useStyles = makeStyles(theme => ({
  // Marks are told by their colours too, and dark themes have pale text: paper gets both.
  '@global': { '@media print': { html: { printColorAdjust: 'exact' } } },
  screen: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    '@media print': {
      // A flex box is not broken over pages.
      display: 'block',
      '& > * + *': { marginTop: theme.spacing(2) },
      '& section:not(:has(section, figure)), & figure, & tr': {
        breakInside: 'avoid',
      },
      // Nobody presses them there.
      '& .MuiButton-root, & .MuiIconButton-root': { display: 'none' },
    },
  },
  controls: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
  },
}));

/** What stands around every screen's content: its controls, its age, and that it could not be had anew. */
export function ScreenFrame(props: {
  polled: Pick<
    Polled<{ observedAt: string }>,
    'data' | 'error' | 'loading' | 'refresh'
  >;
  controls?: ReactNode;
  /** Inside another frame, which has the controls. */
  bare?: boolean;
  children: ReactNode;
}) {
  const { controls, bare } = props;
  const { data, error, loading, refresh } = props.polled;
  const classes = useStyles();
  return (
    <div className={classes.screen} aria-busy={loading}>
      {!bare && (
        <div className={classes.controls}>
          {controls}
          <Freshness
            observedAt={data?.observedAt}
            loading={loading}
            onRefresh={refresh}
          />
        </div>
      )}
      {data && error && (
        <RefreshFailure error={error} observedAt={data.observedAt} />
      )}
      {props.children}
    </div>
  );
}
