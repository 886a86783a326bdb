import type { MtlsConflict } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../../translation';
import { between } from '../../Figures';
import { Notice, Said } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import { SettingLinks } from '../SettingLink';

/** Settings that refuse each other, both of them named. */
export function ConflictsNotice(props: {
  conflicts: MtlsConflict[];
  onOpen: (object: OpenedObject) => void;
}) {
  const { conflicts, onOpen } = props;
  const { t } = useAiMeshTranslation();
  if (conflicts.length === 0) {
    return null;
  }
  return (
    <Notice tone="failing" title={t('security.conflicts.title')}>
      {conflicts.map(conflict => (
        <div
          key={`${conflict.workload.name} ${conflict.port} ${conflict.subset} ${conflict.message}`}
        >
          {t('security.conflicts.where', {
            workload: conflict.workload.name,
            port: String(conflict.port),
            namespaces: conflict.callerNamespaces.join(t('text.and')),
          })}
          {between(t)}
          <Said of={conflict} />
          <SettingLinks
            settings={[
              conflict.client.decidedBy,
              conflict.server.decidedBy,
            ].flatMap(setting => setting ?? [])}
            onOpen={onOpen}
          />
        </div>
      ))}
    </Notice>
  );
}
