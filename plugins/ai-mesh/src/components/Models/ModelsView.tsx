import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import EmptyIcon from '@material-ui/icons/BubbleChart';
import Alert from '@material-ui/lab/Alert';
import { useModels, useSearchParam } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { between, inARow, textSaid } from '../Figures';
import { FleetAwaited } from '../Fleet/FleetAwaited';
import { ScreenFrame } from '../Screen/ScreenFrame';
import { Message } from '../States';
import { NotShown } from '../Tables';
import { ModelsInUseTable } from './ModelsInUseTable';
import { ModelUses } from './ModelUses';

/** As many sentences say why models are not known. */
const MOST_REASONS = 3;

/** The models in use, across all services that the reader may see. */
export function ModelsView() {
  const { t } = useAiMeshTranslation();
  const polled = useModels();
  const { data } = polled;
  const [wanted, setWanted] = useSearchParam('model', asWritten, '');
  const reasons = [
    ...new Set(
      data?.notKnown.map(one =>
        textSaid({ ...one, message: one.message ?? '' }, t),
      ),
    ),
  ].filter(Boolean);
  const chosen =
    data?.models.find(({ model }) => model === wanted) ?? data?.models[0];
  return (
    <ScreenFrame polled={polled}>
      <Typography>{t('models.body')}</Typography>
      <FleetAwaited polled={polled} heights={[240]} />
      {data && data.notKnownCount > 0 && (
        <Alert severity="info">
          {t('models.notKnown', { count: data.notKnownCount })}
          {between(t)}
          <EntityRefLinks
            entityRefs={data.notKnown.map(({ entityRef }) => entityRef)}
            underline="always"
          />
          <div>
            {inARow(reasons.slice(0, MOST_REASONS), t)}
            {reasons.length > MOST_REASONS && ' …'}
          </div>
          <NotShown more={data.notKnownCount - data.notKnown.length} />
        </Alert>
      )}
      {data && !chosen && (
        <Message
          icon={EmptyIcon}
          title={t('models.none')}
          body={t('models.noneNext')}
        />
      )}
      {data && chosen && (
        <>
          <Paper variant="outlined">
            <ModelsInUseTable
              models={data.models}
              chosen={chosen.model}
              onChoose={setWanted}
            />
            <NotShown more={data.modelCount - data.models.length} />
          </Paper>
          <ModelUses model={chosen} />
        </>
      )}
    </ScreenFrame>
  );
}

function asWritten(model: string | null): string {
  return model ?? '';
}
