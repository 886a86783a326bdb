import { makeStyles } from '@material-ui/core/styles';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useAiMeshTranslation } from '../../translation';
import { Choice } from '../Screen';
import { CompareChoice } from './compare';
import { ExpressionField } from './expression';
import { shows } from './filterTopology';
import { GroupChoice } from './group';
import type { Narrowed } from './useNarrowed';
import type { TopologyChoices } from './useTopologyChoices';

const useStyles = makeStyles(theme => ({
  toggle: {
    color: theme.palette.text.primary,
    textTransform: 'none',
    padding: theme.spacing(0.75, 1.5),
    '&.Mui-selected': { color: theme.palette.text.primary, fontWeight: 700 },
  },
}));

/** Comparison, depth, filter, find, hide and view. */
export function TopologyControls(props: {
  choices: TopologyChoices;
  narrowed: Narrowed;
  /** Of the calls; undefined as long as there is no answer. */
  versions?: readonly string[];
}) {
  const { choices, narrowed, versions } = props;
  const { find, found, hide, hidden } = narrowed;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const count = found ? found.nodes.size + found.edges.size : 0;
  const selectFirst = () => {
    const [node] = found?.nodes ?? [];
    const [edge] = found?.edges ?? [];
    if (node !== undefined) {
      choices.setSelection(`node:${node}`);
    } else if (edge !== undefined) {
      choices.setSelection(`edge:${edge}`);
    }
  };
  return (
    <>
      {choices.view !== 'replay' && <CompareChoice versions={versions} />}
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
      {choices.view !== 'table' && <GroupChoice />}
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
        onEnter={selectFirst}
      />
      <ExpressionField
        label={t('topology.hide.label')}
        value={choices.hide}
        parsed={hide}
        outcome={
          hide.status === 'read'
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
        onChange={(_, view: TopologyChoices['view'] | null) =>
          view && choices.setView(view)
        }
      >
        <ToggleButton className={classes.toggle} value="graph">
          {t('topology.view.graph')}
        </ToggleButton>
        <ToggleButton className={classes.toggle} value="table">
          {t('topology.view.table')}
        </ToggleButton>
        <ToggleButton className={classes.toggle} value="replay">
          {t('topology.view.replay')}
        </ToggleButton>
      </ToggleButtonGroup>
    </>
  );
}
