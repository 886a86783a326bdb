import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles, Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { KeyboardEvent, useCallback, useRef, useState } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { Notice } from '../Marks';
import { ComparisonNotice, ComparisonTable, type Comparison } from './compare';
import type { Visible } from './filterTopology';
import { TopologyGraph } from './graph/TopologyGraph';
import { useGroups } from './group';
import { HurtBanner } from './HurtBanner';
import { DetailsPanel } from './panel/DetailsPanel';
import { TakeAlong } from './takeAlong/TakeAlong';
import { TopologyTable } from './table/TopologyTable';
import { useNarrowed } from './useNarrowed';
import type { Selection, TopologyChoices } from './useTopologyChoices';

/** Pixels. */
const PANEL_WIDTH = 400;

const nothing: Visible = { nodes: new Set(), edges: new Set() };

const useStyles = makeStyles(theme => ({
  beside: {
    position: 'relative',
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
  },
  main: { position: 'relative', flex: 1, minWidth: 0 },
  panel: {
    flex: `0 0 ${PANEL_WIDTH}px`,
    boxSizing: 'border-box',
    maxHeight: 'max(480px, calc(100vh - 64px))',
    position: 'sticky',
    top: theme.spacing(2),
    // Where there is no room beside the graph, the details lie over its right side.
    [theme.breakpoints.down('md')]: {
      position: 'absolute',
      zIndex: 10,
      top: 0,
      right: 0,
      width: `min(${PANEL_WIDTH}px, 100%)`,
      boxShadow: theme.shadows[6],
    },
  },
}));

/** The banner, the graph or the tables, and the details of what is selected. */
export function TopologyContent(props: {
  topology: Topology;
  choices: TopologyChoices;
  /** Where two moments are compared; then the topology is the union of both. */
  comparison?: Comparison;
}) {
  const { topology, choices, comparison } = props;
  const { show, hide, view, selection, setSelection } = choices;
  const { visible, found } = useNarrowed(topology, choices);
  const groups = useGroups(topology.nodes);
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const [wasOpened, setWasOpened] = useState(false);
  const opener = useRef<Element | null>(null);

  const liesOver = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));
  const isOpen = selection !== '';
  const select = useCallback(
    (next: Selection) => {
      if (next && !isOpen) {
        opener.current = document.activeElement;
      }
      setWasOpened(true);
      setSelection(next);
      // Whoever opened the details goes on where they were.
      if (!next && opener.current instanceof HTMLElement) {
        opener.current.focus();
      }
    },
    [isOpen, setSelection],
  );
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      select('');
    }
  };

  return (
    <>
      <HurtBanner topology={topology} onSelect={select} />
      {comparison && <ComparisonNotice comparison={comparison} />}
      {topology.edges.length === 0 && (
        <Notice
          tone="unknown"
          title={t('topology.graph.alone', {
            window: t(`window.${topology.window}`),
          })}
        />
      )}
      {visible.nodes.size === 0 ? (
        <div>
          <Typography>
            {t('topology.graph.nothingShown', {
              hidden: String(topology.nodes.length),
            })}
          </Typography>
          <Button variant="outlined" onClick={choices.showAll}>
            {t('topology.graph.showAll')}
          </Button>
        </div>
      ) : (
        <div
          role="presentation"
          className={classes.beside}
          onKeyDown={closeOnEscape}
        >
          <div className={classes.main}>
            <TakeAlong
              topology={topology}
              visible={visible}
              over={view === 'graph'}
            />
            {view === 'graph' ? (
              <TopologyGraph
                topology={topology}
                visible={visible}
                found={found ?? nothing}
                selection={selection}
                onSelect={select}
                choice={`${show} ${hide} ${groups.grouping}`}
                covered={isOpen && liesOver ? PANEL_WIDTH : 0}
                changes={comparison?.calls}
                groups={groups}
              />
            ) : (
              !comparison && (
                <TopologyTable
                  topology={topology}
                  visible={visible}
                  found={found}
                  selection={selection}
                  onSelect={select}
                />
              )
            )}
            {comparison && (
              <ComparisonTable
                comparison={comparison}
                visible={visible}
                selection={selection}
                onSelect={select}
              />
            )}
          </div>
          {selection && (
            <DetailsPanel
              className={classes.panel}
              topology={topology}
              selection={selection}
              onSelect={select}
              takesFocus={wasOpened}
            />
          )}
        </div>
      )}
    </>
  );
}
