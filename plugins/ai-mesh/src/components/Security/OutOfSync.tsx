import type { Certificates } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { inARow, whyUnknown } from '../Figures';
import { Notice, ToneMark } from '../Marks';

/** Proxies that rejected the control plane's configuration, or that none did, or why that is not known. */
export function OutOfSync({ outOfSync }: Pick<Certificates, 'outOfSync'>) {
  const { t } = useAiMeshTranslation();
  if (outOfSync.status === 'unknown') {
    return (
      <Typography variant="body2">
        {t('security.sync.unknown', { reason: whyUnknown(outOfSync, t) })}
      </Typography>
    );
  }
  if (outOfSync.value.length === 0) {
    return <ToneMark tone="healthy">{t('security.sync.none')}</ToneMark>;
  }
  return (
    <Notice tone="failing" title={t('security.sync.title')}>
      {outOfSync.value.map(({ proxy, part, message }) => (
        <div key={`${proxy} ${part} ${message}`}>
          {inARow([t('security.sync.rejected', { proxy, part }), message], t)}
        </div>
      ))}
    </Notice>
  );
}
