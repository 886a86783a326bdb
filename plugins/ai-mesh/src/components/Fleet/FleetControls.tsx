import {
  joinValues,
  splitValues,
  type Fleet,
} from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import ListItemText from '@material-ui/core/ListItemText';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import ColumnsIcon from '@material-ui/icons/ViewColumn';
import ExportIcon from '@material-ui/icons/GetApp';
import { useEffect, useRef, useState } from 'react';
import { IN_PLACE, MINE, useFleetRows } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { saveFile } from '../Figures/saveFile';
import { textBy } from '../States';
import { Choice } from '../Screen/Choice';
import { levelTitle } from '../Scorecard/scorecardWords';
import { columnIds, nameOfRef } from './columns';
import { fleetCsv } from './fleetCsv';
import type { ChosenFleet, FleetFilter } from './useFleetChoices';

/** No reference and no name; an empty value would leave the label where the value stands. */
const ALL = '*';
/** A pause in typing after which it is searched. */
const TYPING_MS = 300;

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on the page's ground.
  searchLabel: { color: theme.palette.text.primary },
  controls: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
  },
  count: { marginLeft: 'auto' },
}));

/** Search, filters, columns and the way out of the fleet's table. */
export function FleetControls(props: { fleet: Fleet; choices: ChosenFleet }) {
  const { fleet, choices } = props;
  const { query, choose } = choices;
  const { facets } = fleet;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const filter = (
    name: FleetFilter,
    values: readonly string[],
    nameOf = (value: string) => value,
    more: { value: string; label: string }[] = [],
  ) => (
    <Choice
      label={t(`fleet.filter.${name}`)}
      value={query[name] ?? ALL}
      onChange={value => choose({ [name]: value === ALL ? undefined : value })}
      options={[
        { value: ALL, label: t('fleet.filter.all') },
        ...more,
        ...withChosen(
          values.map(value => joinValues([value])),
          query[name],
          more,
        ).map(value => ({
          value,
          label: splitValues(value).map(nameOf).join(', '),
        })),
      ]}
    />
  );
  return (
    <div className={classes.controls} role="search">
      <SearchField choices={choices} />
      {filter('owner', facets.owners, nameOfRef, [
        { value: MINE, label: t('fleet.filter.mine') },
      ])}
      {(facets.systems.length > 0 || query.system !== undefined) &&
        filter('system', facets.systems, nameOfRef)}
      {(facets.clusters.length > 1 || query.cluster !== undefined) &&
        filter('cluster', facets.clusters)}
      {(facets.namespaces.length > 1 || query.namespace !== undefined) &&
        filter('namespace', facets.namespaces)}
      {filter(
        'level',
        facets.levels.map(({ id }) => id),
        id => levelTitle(id, facets.levels, t),
        [
          { value: 'none', label: t('scorecard.level.none') },
          { value: 'unknown', label: t('unknown.name') },
        ],
      )}
      {(facets.models.length > 0 || query.model !== undefined) &&
        filter('model', facets.models)}
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={query.failing === 'true'}
            onChange={(_, checked) =>
              choose({ failing: checked ? 'true' : undefined })
            }
          />
        }
        label={t('fleet.filter.failing')}
      />
      <Typography variant="body2" role="status" className={classes.count}>
        {t('fleet.count', {
          shown: String(fleet.total),
          all: String(fleet.all),
        })}
      </Typography>
      {query.failing === 'true' && facets.slownessNotKnown > 0 && (
        <Typography variant="body2">
          {t('fleet.slownessNotKnown', { count: facets.slownessNotKnown })}
        </Typography>
      )}
      {query.model !== undefined && facets.modelsNotKnown > 0 && (
        <Typography variant="body2">
          {t('fleet.modelsNotKnown', { count: facets.modelsNotKnown })}
        </Typography>
      )}
      <Choice
        label={t('fleet.group.label')}
        value={choices.grouping ?? ALL}
        onChange={value =>
          choose({
            group: value === ALL ? undefined : value,
            closed: undefined,
          })
        }
        options={[
          { value: ALL, label: t('fleet.group.none') },
          { value: 'system', label: t('fleet.column.system') },
          { value: 'owner', label: t('fleet.column.owner') },
        ]}
      />
      <ColumnsButton choices={choices} />
      <ExportButton choices={choices} />
    </div>
  );
}

/** A filter that came with a link counts also where nothing of it is left. */
function withChosen(
  values: readonly string[],
  chosen: string | undefined,
  more: readonly { value: string }[],
): string[] {
  return chosen === undefined ||
    values.includes(chosen) ||
    more.some(({ value }) => value === chosen)
    ? [...values]
    : [...values, chosen];
}

function SearchField(props: { choices: ChosenFleet }) {
  const { query, choose } = props.choices;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const searched = query.search ?? '';
  const [text, setText] = useState(searched);
  /** What the address says because it was typed. */
  const typed = useRef(searched);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text !== typed.current) {
        typed.current = text;
        choose({ search: text });
      }
    }, TYPING_MS);
    return () => clearTimeout(timer);
    // What is typed leads; the address follows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  useEffect(() => {
    // A link was followed, such as the menu's to all entities.
    if (searched !== typed.current) {
      typed.current = searched;
      setText(searched);
    }
  }, [searched]);
  return (
    <TextField
      id="ai-mesh-fleet-search"
      type="search"
      size="small"
      variant="outlined"
      label={t('fleet.search')}
      InputLabelProps={{ className: classes.searchLabel }}
      value={text}
      onChange={event => setText(event.target.value)}
      inputProps={{ maxLength: 200 }}
    />
  );
}

function ColumnsButton(props: { choices: ChosenFleet }) {
  const { columns, toggle } = props.choices;
  const { t } = useAiMeshTranslation();
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <Button
        startIcon={<ColumnsIcon />}
        aria-haspopup="menu"
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('fleet.columns')}
      </Button>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        MenuListProps={{ 'aria-label': t('fleet.columns') }}
      >
        {columnIds.map(id => (
          <MenuItem
            key={id}
            dense
            role="menuitemcheckbox"
            aria-checked={columns.includes(id)}
            onClick={() => toggle(id)}
          >
            <Checkbox
              color="primary"
              size="small"
              checked={columns.includes(id)}
              tabIndex={-1}
              inputProps={{ 'aria-hidden': true }}
            />
            <ListItemText primary={t(`fleet.column.${id}`)} />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

function ExportButton(props: { choices: ChosenFleet }) {
  const { t } = useAiMeshTranslation();
  const rowsOf = useFleetRows({ ...props.choices.query, ...IN_PLACE });
  const [failure, setFailure] = useState<string>();
  return (
    <>
      <Button
        startIcon={<ExportIcon />}
        onClick={async () => {
          try {
            const { rows } = await rowsOf(Infinity);
            setFailure(undefined);
            saveFile({
              fileName: 'ai-mesh.csv',
              mediaType: 'text/csv;charset=utf-8',
              content: fleetCsv(rows),
            });
          } catch (error) {
            setFailure(textBy(error as Error, t));
          }
        }}
      >
        {t('fleet.export')}
      </Button>
      {failure && (
        <Typography variant="body2" role="alert" color="error">
          {t('fleet.exportFailed', { reason: failure })}
        </Typography>
      )}
    </>
  );
}
