import type { Slos } from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useSearchParam } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { ApplicationBreakersView } from '../Breaker';
import { TracesPanel } from '../Traces';
import { AcrossClusters } from './AcrossClusters';
import { ModelSection } from './ModelSection';
import { ModelsTable } from './ModelsTable';
import { ObjectiveList } from './ObjectiveList';
import { ProblemsNotice } from './ProblemsNotice';
import { keyOf, onSeveralClusters, rankObjectives } from './rankObjectives';
import { SloHeader } from './SloHeader';

const useStyles = makeStyles(theme => ({
  section: { padding: theme.spacing(2), minWidth: 0 },
}));

const asWritten = (written: string | null) => written ?? '';

/** The objectives, the worst first; the models; one model in detail; the applications' breakers. */
export function SlosContent(props: { slos: Slos }) {
  const { slos } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const modelsId = useId();
  const breakersId = useId();
  const [written, choose] = useSearchParam('model', asWritten, '');
  const ranked = rankObjectives(slos);
  const { models } = slos;
  const namesClusters = onSeveralClusters(slos);
  const chosen =
    models.find(model => keyOf(model) === written) ??
    ranked.find(({ model }) => model)?.model ??
    models[0];
  return (
    <>
      <ProblemsNotice problems={slos.problems} />
      <SloHeader entityRef={slos.entityRef} slos={slos} />
      {slos.acrossClusters && slos.acrossClusters.length > 0 && (
        <AcrossClusters objectives={slos.acrossClusters} />
      )}
      <ObjectiveList
        objectives={ranked}
        namesClusters={namesClusters}
        onShowModel={choose}
      />
      <Paper
        variant="outlined"
        component="section"
        className={classes.section}
        aria-labelledby={modelsId}
      >
        <Typography id={modelsId} variant="h6" component="h2" gutterBottom>
          {t('slos.models')}
        </Typography>
        {models.length > 0 ? (
          <ModelsTable
            models={models}
            chosen={chosen && keyOf(chosen)}
            namesClusters={namesClusters}
            onChoose={choose}
          />
        ) : (
          <Typography variant="body2">{t('slos.noModels')}</Typography>
        )}
      </Paper>
      {chosen ? (
        <ModelSection
          entityRef={slos.entityRef}
          model={chosen}
          namesCluster={namesClusters}
        />
      ) : (
        <Paper
          variant="outlined"
          component="section"
          className={classes.section}
        >
          <TracesPanel entityRef={slos.entityRef} />
        </Paper>
      )}
      <Paper
        variant="outlined"
        component="section"
        className={classes.section}
        aria-labelledby={breakersId}
      >
        <Typography id={breakersId} variant="h6" component="h2" gutterBottom>
          {t('breaker.application.title')}
        </Typography>
        <ApplicationBreakersView state={slos.applicationBreakers} />
      </Paper>
    </>
  );
}
