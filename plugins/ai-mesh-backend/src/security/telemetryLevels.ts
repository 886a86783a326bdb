import type { ConfigObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field, type ReportUnreadable } from '../routes/Field';
import { byAge, objectName } from '../routes/objectRef';
import type { TelemetrySettings } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshWorkload } from './MeshWorkload';
import { settingOf } from './serverMtls';

/** The Telemetry objects that count for one workload: the mesh's, the namespace's, its own; the last one has the last word. */
export interface TelemetryLevels {
  readonly objects: readonly ConfigObject[];
  readonly notes: TelemetrySettings['notes'];
}

export function telemetryLevels(
  snapshot: MeshSnapshot,
  workload: Pick<MeshWorkload, 'name' | 'labels'>,
): TelemetryLevels {
  const { namespace } = workload.name;
  const inRoot = inNamespace(snapshot, snapshot.rootNamespace);
  const inOwn =
    namespace === snapshot.rootNamespace
      ? inRoot
      : inNamespace(snapshot, namespace);
  const levels = [
    inRoot.filter(({ selector }) => isEmpty(selector)),
    inOwn === inRoot ? [] : inOwn.filter(({ selector }) => isEmpty(selector)),
    inOwn.filter(
      ({ selector }) =>
        !isEmpty(selector) && hasLabels(workload.labels, selector),
    ),
  ];
  return {
    objects: levels.flatMap(level =>
      level.slice(0, 1).map(({ object }) => object),
    ),
    notes: levels
      .filter(level => level.length > 1)
      .map(level => ({
        message: `${objectName(level[0].object)} counts, being the oldest; ${level
          .slice(1)
          .map(({ object }) => objectName(object))
          .join(', ')} at the same level: without effect.`,
        at: level.map(({ object }) =>
          settingOf(snapshot, object, 'spec.selector'),
        ),
      })),
  };
}

function inNamespace(
  snapshot: MeshSnapshot,
  namespace: string,
): { object: ConfigObject; selector: Record<string, string> }[] {
  return [...snapshot.inNamespace('Telemetry', namespace)]
    .sort(byAge)
    .map(object => ({
      object,
      selector: spec(object, () => undefined)
        .at('selector')
        .at('matchLabels')
        .textMap(),
    }));
}

/** An object's spec, to be read with care. */
export function spec(object: ConfigObject, report: ReportUnreadable): Field {
  return new Field(object.spec, 'spec', report);
}

function isEmpty(selector: Record<string, string>): boolean {
  return Object.keys(selector).length === 0;
}
