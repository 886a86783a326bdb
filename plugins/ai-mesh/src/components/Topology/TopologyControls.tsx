import { makeStyles } from '@material-ui/core/styles';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useAiMeshTranslation } from '../../translation';
import { Choice } from '../Screen';
import { ExpressionField, type Parsed } from './expression';
import { shows, type Visible } from './filterTopology';
import type { TopologyChoices } from './useTopologyChoices';

const useStyles = makeStyles(theme => ({
  toggle: {
    color: theme.palette.text.primary,
    textTransform: 'none',
    padding: theme.spacing(0.75, 1.5),
    '&.Mui-selected': { color: theme.palette.text.primary, fontWeight: 700 },
  },
}));

/** Depth, filter, find, hide and view. */
export function TopologyControls(props: {
  choices: TopologyChoices;
  find: Parsed;
  /** What it finds; undefined while nothing is looked for. */
  found?: Visible;
  hide: Parsed;
  /** How many services and calls it hides. */
  hidden?: number;
  onFindFirst: () => void;
}) {
  const { choices, find, found, hide, hidden, onFindFirst } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const count = found ? found.nodes.size + found.edges.size : 0;
  return (
    <>
      <Choice
        label={t('topology.depth.label')}
        value={choices.depth}
        onChange={choices.setDepth}
        options={(['1', '2', '3'] as const).map(value => ({
          value,
          label: t(`topology.depth.${value}`),
        }))}
      />
      <Choice
        label={t('topology.show.label')}
        value={choices.show}
        onChange={choices.setShow}
        options={shows.map(value => ({
          value,
          label: t(`topology.show.${value}`),
        }))}
      />
      <ExpressionField
        label={t('topology.find.label')}
        value={choices.find}
        parsed={find}
        outcome={
          found &&
          (count === 0
            ? t('topology.find.nothing')
            : t('topology.find.found', { count }))
        }
        onChange={choices.setFind}
        onEnter={onFindFirst}
      />
      <ExpressionField
        label={t('topology.hide.label')}
        value={choices.hide}
        parsed={hide}
        outcome={
          hide.status === 'read' && hidden !== undefined
            ? t('topology.hide.hidden', { count: hidden })
            : undefined
        }
        onChange={choices.setHide}
      />
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label={t('topology.view.label')}
        value={choices.view}
        onChange={(_, view: 'graph' | 'table' | null) =>
          view && choices.setView(view)
        }
      >
        <ToggleButton className={classes.toggle} value="graph">
          {t('topology.view.graph')}
        </ToggleButton>
        <ToggleButton className={classes.toggle} value="table">
          {t('topology.view.table')}
        </ToggleButton>
      </ToggleButtonGroup>
    </>
  );
}
