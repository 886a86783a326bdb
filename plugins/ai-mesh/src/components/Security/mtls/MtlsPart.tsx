import type { ServiceMtls } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { between, MeasuredFigure, textSaid } from '../../Figures';
import { Notice, Said, ToneMark } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import { Part, SubPart } from '../Part';
import { SettingLinks } from '../SettingLink';
import { CallersTable } from './CallersTable';
import { ConflictsNotice } from './ConflictsNotice';
import { statusLooks } from './looks';
import { PortsTable } from './PortsTable';

const useStyles = makeStyles(theme => ({
  observed: { display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' },
}));

/** What the configuration means each port to take, beside what arrived. */
export function MtlsPart(props: {
  mtls: ServiceMtls;
  cluster: string;
  onOpen: (object: OpenedObject) => void;
}) {
  const { mtls, cluster, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <Part
      title={t('security.mtls.title')}
      mark={
        <ToneMark {...statusLooks[mtls.status]}>
          {t(
            mtls.status === 'mixed' && nothingEncrypted(mtls)
              ? 'protection.plaintext'
              : `security.status.${mtls.status}`,
          )}
        </ToneMark>
      }
      sentence={<Said of={mtls} />}
    >
      <ConflictsNotice conflicts={mtls.conflicts} onOpen={onOpen} />
      {mtls.notes.length > 0 && (
        <Notice tone="degraded" title={t('security.mtls.notes')}>
          {mtls.notes.map(({ at, ...sentences }) => (
            <div key={sentences.message}>
              <Said of={sentences} />
              {between(t)}
              <SettingLinks settings={at} onOpen={onOpen} />
            </div>
          ))}
        </Notice>
      )}
      <SubPart title={t('security.ports.title')}>
        {mtls.workloads.length > 0 ? (
          <PortsTable workloads={mtls.workloads} onOpen={onOpen} />
        ) : (
          <Typography variant="body2">{t('security.ports.none')}</Typography>
        )}
      </SubPart>
      <SubPart title={t('security.callers.title')}>
        <Typography
          variant="body2"
          component="div"
          className={classes.observed}
        >
          {t('security.callers.share')}
          <MeasuredFigure
            kind="share"
            label={t('security.callers.share')}
            value={mtls.observedShare}
            query="encryption"
            cluster={cluster}
          />
        </Typography>
        {mtls.callers.length > 0 ? (
          <CallersTable
            callers={mtls.callers}
            cluster={cluster}
            onOpen={onOpen}
          />
        ) : (
          <WithoutCallers observedShare={mtls.observedShare} />
        )}
      </SubPart>
    </Part>
  );
}

/** As the other screens tell what arrived in plaintext alone from what did partly. */
function nothingEncrypted({
  observedShare,
}: Pick<ServiceMtls, 'observedShare'>) {
  return observedShare.status === 'known' && observedShare.value === 0;
}

function WithoutCallers({ observedShare }: Pick<ServiceMtls, 'observedShare'>) {
  const { t } = useAiMeshTranslation();
  if (observedShare.status === 'known') {
    return null;
  }
  return (
    <Typography variant="body2">
      {t('security.callers.unknown')}
      {between(t)}
      {textSaid(
        {
          ...observedShare,
          message:
            observedShare.message ?? t(`unknown.${observedShare.reason}`),
        },
        t,
      )}
    </Typography>
  );
}
