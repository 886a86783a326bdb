import type {
  SettingSource,
  TelemetrySettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { ReviewSubject } from './ReviewSubject';

/** The narrowest Telemetry that says something of a workload's tracing or access log, the mesh's included. */
export function telemetryObject(
  { snapshot }: ReviewSubject,
  { tracing, accessLog }: TelemetrySettings,
): ConfigObject | undefined {
  const settings = [
    tracing.tags[0]?.from,
    tracing.samplingFrom,
    accessLog.from,
  ].filter(setting => setting !== undefined);
  const own = settings.find(
    ({ object }) => object.namespace !== snapshot.rootNamespace,
  );
  return settingObject(snapshot, own ?? settings[0]);
}

/** The Telemetry that a setting is written in. */
export function settingObject(
  snapshot: ReviewSubject['snapshot'],
  setting: SettingSource | undefined,
): ConfigObject | undefined {
  return (
    setting &&
    snapshot.get(
      'Telemetry',
      setting.object.namespace ?? '',
      setting.object.name,
    )
  );
}
