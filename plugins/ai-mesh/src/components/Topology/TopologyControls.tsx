import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useId } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { Choice } from '../Screen';
import { shows } from './filterTopology';
import type { TopologyChoices } from './useTopologyChoices';

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on the page's ground.
  label: { color: theme.palette.text.primary },
  toggle: {
    color: theme.palette.text.primary,
    textTransform: 'none',
    padding: theme.spacing(0.75, 1.5),
    '&.Mui-selected': { color: theme.palette.text.primary, fontWeight: 700 },
  },
  find: { width: 180 },
}));

/** Depth, filter, find and view. */
export function TopologyControls(props: {
  choices: TopologyChoices;
  /** How many nodes the typed name finds; undefined while nothing is typed. */
  found?: number;
  onFindFirst: () => void;
}) {
  const { choices, found, onFindFirst } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const findId = useId();
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
      <TextField
        id={findId}
        className={classes.find}
        type="search"
        size="small"
        variant="outlined"
        label={t('topology.find.label')}
        InputLabelProps={{ className: classes.label }}
        value={choices.find}
        onChange={event => choices.setFind(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            onFindFirst();
          }
        }}
      />
      <span aria-live="polite">
        {found === 0 && t('topology.find.nothing')}
        {!!found && t('topology.find.found', { count: found })}
      </span>
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
