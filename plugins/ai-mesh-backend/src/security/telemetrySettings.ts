import {
  known,
  said,
  unknown,
  wording,
  type SettingSource,
  type TelemetrySettings,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { Field } from '../routes/Field';
import { objectName } from '../routes/objectRef';
import { accessLog } from './accessLog';
import type { MeshWorkload } from './MeshWorkload';
import { settingOf } from './serverMtls';
import {
  isForServer,
  providerNames,
  type TelemetryLevel,
} from './telemetryEntries';
import { spec, telemetryLevels } from './telemetryLevels';
import { aboutUnreadable } from '../routes/aboutSetting';

/** A tag or header that names a model: `ai.model`, `gen_ai.request.model`, `x-ai-model`. */
const MODEL = /(^|[._-])model($|[._-])/i;

/** What the Telemetry objects say for one workload, as the called side. */
export function telemetrySettings(
  snapshot: MeshSnapshot,
  workload: MeshWorkload,
): TelemetrySettings {
  const { objects, notes } = telemetryLevels(snapshot, workload);
  const unreadable = new Map<string, TelemetrySettings['notes'][number]>();
  const levels = objects.map(object => ({
    object,
    spec: spec(object, (path, expected) => {
      const setting = settingOf(snapshot, object, path);
      unreadable.set(`${objectName(object)} ${path}`, {
        ...said(aboutUnreadable('unreadable.isNot', setting, expected)),
        at: [setting],
      });
    }),
  }));
  return {
    workload: workload.name,
    tracing: tracing(snapshot, levels),
    accessLog: accessLog(snapshot, levels),
    notes: [...notes, ...unreadable.values()],
  };
}

/** Entry by entry; each field that an entry names replaces what was said before, tags as a whole. */
function tracing(
  snapshot: MeshSnapshot,
  levels: readonly TelemetryLevel[],
): TelemetrySettings['tracing'] {
  let samplingPercent: number | undefined;
  let samplingFrom: SettingSource | undefined;
  let disabled = false;
  let providers: string[] = [];
  let tags: TelemetrySettings['tracing']['tags'] = [];
  for (const level of levels) {
    for (const entry of level.spec.at('tracing').list().filter(isForServer)) {
      const sampling = entry.at('randomSamplingPercentage');
      const percent = sampling.number();
      if (percent !== undefined) {
        samplingPercent = percent;
        samplingFrom = settingOf(snapshot, level.object, sampling.path);
      }
      disabled = entry.at('disableSpanReporting').flag() ?? disabled;
      const named = providerNames(entry);
      providers = named.length > 0 ? named : providers;
      if (entry.at('customTags').present) {
        tags = entry
          .at('customTags')
          .entries()
          .map(([name, tag]) => ({
            name,
            value: tagValue(tag),
            from: settingOf(snapshot, level.object, tag.path),
          }));
      }
    }
  }
  const modelTag = tags.find(
    ({ name, value }) =>
      MODEL.test(name) ||
      MODEL.test(value.match(/^header (\S+?),?( |$)/)?.[1] ?? ''),
  );
  return {
    samplingPercent:
      samplingPercent === undefined
        ? unknown('not-configured', [wording('telemetry.samplingUnset')])
        : known(samplingPercent),
    ...(samplingFrom && { samplingFrom }),
    disabled,
    providers,
    tags,
    ...(modelTag && { modelTag: modelTag.name }),
  };
}

function tagValue(tag: Field): string {
  const literal = tag.at('literal').at('value').text();
  if (literal !== undefined) {
    return `literal ${literal}`;
  }
  for (const kind of ['header', 'environment'] as const) {
    const source = tag.at(kind);
    const name = source.at('name').text();
    if (name !== undefined) {
      const otherwise = source.at('defaultValue').text();
      return `${kind} ${name}${otherwise ? `, defaultValue ${otherwise}` : ''}`;
    }
  }
  return tag.at('formatter').at('value').text() ?? '';
}
