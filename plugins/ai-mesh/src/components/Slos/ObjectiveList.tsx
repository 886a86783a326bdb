import { budgetState } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useId, useState } from 'react';
import { useLinkedRowName } from '../../hooks';
import { useAiMeshTranslation, type Translate } from '../../translation';
import { Notice } from '../Marks';
import { Choice } from '../Screen';
import { ObjectiveCard } from './ObjectiveCard';
import { objectiveName } from './objectiveName';
import { keyOf, type RankedObjective } from './rankObjectives';

/** Fewer need no filter. */
const MANY = 8;

const shows = ['all', 'firing', 'spent', 'unknown'] as const;
type Show = (typeof shows)[number];

const useStyles = makeStyles(theme => ({
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1),
  },
  // The secondary colour, which labels have, is too pale on the page's ground.
  label: { color: theme.palette.text.primary },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
}));

/** All objectives, the worst first. The worst one is open at the beginning. */
export function ObjectiveList(props: {
  objectives: RankedObjective[];
  /** Whether names say on which cluster something is. */
  namesClusters: boolean;
  onShowModel: (model: string) => void;
}) {
  const { objectives, namesClusters, onShowModel } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const headingId = useId();
  const findId = useId();
  const [toggled, setToggled] = useState<Record<string, boolean>>({});
  const [first] = useState(objectives[0]?.id);
  const wanted = useLinkedRowName();
  const linked = objectives.find(({ id }) => id === wanted)?.id;
  const [show, setShow] = useState<Show>('all');
  const [find, setFind] = useState('');
  const shown = objectives.filter(
    ranked => fits(ranked, show) && named(ranked, find, t),
  );
  const isOpen = (id: string) => toggled[id] ?? id === (linked ?? first);
  return (
    <section aria-labelledby={headingId}>
      <div className={classes.heading}>
        <Typography id={headingId} variant="h6" component="h2">
          {t('slos.objectives')}
        </Typography>
        {objectives.length > MANY && (
          <>
            <Choice
              label={t('slos.show.label')}
              value={show}
              onChange={setShow}
              options={shows.map(value => ({
                value,
                label: t(`slos.show.${value}`),
              }))}
            />
            <TextField
              id={findId}
              type="search"
              size="small"
              variant="outlined"
              label={t('slos.find')}
              value={find}
              onChange={event => setFind(event.target.value)}
              InputLabelProps={{ className: classes.label }}
            />
          </>
        )}
      </div>
      {wanted !== null && !linked && (
        <Notice tone="unknown" title={t('slos.gone')} />
      )}
      {shown.length === 0 ? (
        <Typography variant="body2">
          {t(objectives.length === 0 ? 'slos.none' : 'slos.noneFits')}
        </Typography>
      ) : (
        <ol className={classes.list}>
          {shown.map(ranked => (
            <li key={ranked.id}>
              <ObjectiveCard
                ranked={ranked}
                namesCluster={namesClusters}
                open={isOpen(ranked.id)}
                onToggle={() =>
                  setToggled(before => ({
                    ...before,
                    [ranked.id]: !isOpen(ranked.id),
                  }))
                }
                onShowModel={
                  ranked.model && (() => onShowModel(keyOf(ranked.model!)))
                }
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function fits({ status }: RankedObjective, show: Show): boolean {
  const { alert } = status;
  switch (show) {
    case 'firing':
      return alert === 'page' || alert === 'ticket';
    case 'spent':
      return budgetState(status) === 'spent';
    case 'unknown':
      return ['unknown', 'young'].includes(budgetState(status));
    default:
      return true;
  }
}

function named(
  { model, status }: RankedObjective,
  find: string,
  t: Translate,
): boolean {
  return `${model?.model ?? ''} ${objectiveName(status.objective, t)}`
    .toLowerCase()
    .includes(find.trim().toLowerCase());
}
