import type {
  Measured,
  TelemetrySettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { between, whyUnknown } from '../Figures';
import { Notice, Said } from '../Marks';
import type { OpenedObject } from '../Objects';
import { Terms } from '../Terms';
import { Part, SubPart } from './Part';
import { SettingLinks } from './SettingLink';
import { telemetryTerms } from './telemetryTerms';

/** What is traced and logged of the calls that arrive: mesh, then namespace, then workload. */
export function TelemetryPart(props: {
  telemetry: Measured<TelemetrySettings[]>;
  onOpen: (object: OpenedObject) => void;
}) {
  const { telemetry, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const title = t('security.telemetry.title');
  if (telemetry.status === 'unknown') {
    return (
      <Part title={title}>
        <Typography variant="body2">
          {t('security.telemetry.unknown', {
            reason: whyUnknown(telemetry, t),
          })}
        </Typography>
      </Part>
    );
  }
  return (
    <Part title={title}>
      {telemetry.value.length === 0 && (
        <Typography variant="body2">{t('security.ports.none')}</Typography>
      )}
      {alike(telemetry.value).map(({ names, settings }) => (
        <SubPart key={names.join()} title={names.join(t('text.and'))}>
          <Terms terms={telemetryTerms(settings, t, onOpen)} />
          {settings.notes.length > 0 && (
            <Notice tone="degraded" title={t('security.telemetry.notes')}>
              {settings.notes.map(({ at, ...sentences }) => (
                <div key={sentences.message}>
                  <Said of={sentences} />
                  {between(t)}
                  <SettingLinks settings={at} onOpen={onOpen} />
                </div>
              ))}
            </Notice>
          )}
        </SubPart>
      ))}
    </Part>
  );
}

/** Workloads with the same settings are shown once. */
function alike(
  all: TelemetrySettings[],
): { names: string[]; settings: TelemetrySettings }[] {
  const groups = new Map<string, TelemetrySettings[]>();
  for (const settings of all) {
    const { workload: _, ...rest } = settings;
    const key = JSON.stringify(rest);
    groups.set(key, [...(groups.get(key) ?? []), settings]);
  }
  return [...groups.values()].map(group => ({
    names: group.map(({ workload }) => workload.name),
    settings: group[0],
  }));
}
