import type { TelemetrySettings } from '@ai-mesh/plugin-ai-mesh-common';
import type { ReactNode } from 'react';
import type { Translate } from '../../translation';
import { whyUnknown } from '../Figures';
import type { OpenedObject } from '../Objects';
import { SettingLinks } from './SettingLink';

/** A workload's telemetry settings as names beside values, each with where it is written. */
export function telemetryTerms(
  { tracing, accessLog }: TelemetrySettings,
  t: Translate,
  onOpen: (object: OpenedObject) => void,
): { name: string; value: ReactNode }[] {
  return [
    {
      name: t('security.telemetry.sampling'),
      value: (
        <>
          {sampling(tracing, t)}
          <SettingLinks
            settings={tracing.samplingFrom ? [tracing.samplingFrom] : []}
            onOpen={onOpen}
          />
        </>
      ),
    },
    {
      name: t('security.telemetry.modelTag'),
      value: tracing.modelTag ?? t('security.telemetry.noModelTag'),
    },
    {
      name: t('security.telemetry.tags'),
      value:
        tracing.tags.length === 0
          ? t('security.telemetry.none')
          : tracing.tags.map(({ name, value, from }) => (
              <div key={name}>
                <code>{name}</code>
                {t('text.colon')}
                {value} <SettingLinks settings={[from]} onOpen={onOpen} />
              </div>
            )),
    },
    {
      name: t('security.telemetry.accessLog'),
      value: (
        <>
          {t(`security.accessLog.${accessLog.status}`)}
          {accessLog.filter !== undefined && (
            <>
              {t('text.colon')}
              <code>{accessLog.filter}</code>
            </>
          )}
          <SettingLinks
            settings={accessLog.from ? [accessLog.from] : []}
            onOpen={onOpen}
          />
        </>
      ),
    },
    {
      name: t('security.telemetry.providers'),
      value:
        [...new Set([...tracing.providers, ...accessLog.providers])].join(
          t('text.and'),
        ) || t('security.telemetry.none'),
    },
  ];
}

function sampling(
  { disabled, samplingPercent }: TelemetrySettings['tracing'],
  t: Translate,
): string {
  if (disabled) {
    return t('security.telemetry.spansOff');
  }
  return samplingPercent.status === 'known'
    ? t('security.telemetry.percent', {
        percent: String(samplingPercent.value),
      })
    : whyUnknown(samplingPercent, t);
}
