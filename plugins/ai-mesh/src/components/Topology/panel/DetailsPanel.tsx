import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import { useEffect, useRef } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import { nameOf } from '../describe';
import type { Selection } from '../useTopologyChoices';
import { EdgeDetails } from './EdgeDetails';
import { NodeDetails } from './NodeDetails';

const useStyles = makeStyles(theme => ({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
    overflowY: 'auto',
    '&:focus': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  heading: {
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
}));

/** Details of what is selected. */
export function DetailsPanel(props: {
  topology: Topology;
  selection: Exclude<Selection, ''>;
  onSelect: (selection: Selection) => void;
  /** When the reader opened it, so that the keyboard goes on in it; not when the address did. */
  takesFocus: boolean;
  className?: string;
}) {
  const { topology, selection, onSelect, takesFocus, className } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const panel = useRef<HTMLDivElement>(null);
  const id = selection.slice(selection.indexOf(':') + 1);
  const node = selection.startsWith('node:')
    ? topology.nodes.find(candidate => candidate.id === id)
    : undefined;
  const edge = selection.startsWith('edge:')
    ? topology.edges.find(candidate => candidate.id === id)
    : undefined;
  const title = edge
    ? t('topology.edge.title', {
        source: nameOf(topology, edge.source),
        target: nameOf(topology, edge.target),
      })
    : (node?.name ?? id);

  useEffect(() => {
    if (takesFocus) {
      panel.current?.focus({ preventScroll: true });
    }
  }, [selection, takesFocus]);

  return (
    <Paper
      ref={panel}
      variant="outlined"
      component="section"
      tabIndex={-1}
      aria-label={t('topology.panel.name', { name: title })}
      className={`${classes.panel} ${className ?? ''}`}
    >
      <div className={classes.heading}>
        <Typography variant="h6" component="h2">
          {title}
        </Typography>
        <IconButton
          size="small"
          aria-label={t('topology.panel.close')}
          onClick={() => onSelect('')}
        >
          <CloseIcon fontSize="small" />
        </IconButton>
      </div>
      {node && (
        <NodeDetails node={node} topology={topology} onSelect={onSelect} />
      )}
      {edge && (
        <EdgeDetails edge={edge} topology={topology} onSelect={onSelect} />
      )}
      {!node && !edge && (
        <Typography variant="body2">{t('topology.panel.gone')}</Typography>
      )}
    </Paper>
  );
}
