import type { ObjectiveProblem } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useAiMeshTranslation } from '../../translation';
import { Notice, Said } from '../Marks';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  place: { fontFamily: 'monospace' },
}));

/** What of the objectives could not be read, and where it is written. */
export function ProblemsNotice(props: { problems: ObjectiveProblem[] }) {
  const { problems } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  if (problems.length === 0) {
    return null;
  }
  return (
    <Notice
      tone="failing"
      title={t('slos.problems', { count: problems.length })}
    >
      <ul className={classes.list}>
        {problems.map(problem => (
          <li key={`${placeOf(problem)} ${problem.message}`}>
            <span className={classes.place}>{placeOf(problem)}</span>
            {t('text.colon')}
            <Said of={problem} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** As editors write places: `file.yaml:12:5`. */
function placeOf({ source, line, column }: ObjectiveProblem): string {
  return [source, line, line === undefined ? undefined : column]
    .filter(part => part !== undefined)
    .join(':');
}
