import type { ConfigObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { Field, type ReportUnreadable } from '../routes/Field';
import { byAge, objectName } from '../routes/objectRef';
import {
  said,
  wording,
  type TelemetrySettings,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshWorkload } from './MeshWorkload';
import { settingOf } from './serverMtls';
import { aboutUnreadable } from '../routes/aboutSetting';

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
  const broken = [...new Set([...inRoot, ...inOwn])].filter(
    ({ unreadable }) => unreadable,
  );
  const wide = (all: readonly Selected[]) =>
    all.filter(({ selector, unreadable }) => !unreadable && isEmpty(selector));
  const levels = [
    wide(inRoot),
    inOwn === inRoot ? [] : wide(inOwn),
    inOwn.filter(
      ({ selector, unreadable }) =>
        !unreadable &&
        !isEmpty(selector) &&
        hasLabels(workload.labels, selector),
    ),
  ];
  return {
    objects: levels.flatMap(level =>
      level.slice(0, 1).map(({ object }) => object),
    ),
    notes: [
      ...broken.map(({ object, unreadable }) => {
        const setting = settingOf(snapshot, object, unreadable!.path);
        return {
          ...said(
            aboutUnreadable('telemetry.leftOut', setting, unreadable!.expected),
          ),
          at: [setting],
        };
      }),
      ...levels
        .filter(level => level.length > 1)
        .map(level => ({
          ...said(
            wording('telemetry.several', {
              object: objectName(level[0].object),
              others: level
                .slice(1)
                .map(({ object }) => objectName(object))
                .join(', '),
            }),
          ),
          at: level.map(({ object }) =>
            settingOf(snapshot, object, 'spec.selector'),
          ),
        })),
    ],
  };
}

interface Selected {
  readonly object: ConfigObject;
  readonly selector: Record<string, string>;
  /** What in its selector cannot be read. */
  readonly unreadable: { path: string; expected: Words } | undefined;
}

function inNamespace(snapshot: MeshSnapshot, namespace: string): Selected[] {
  return [...snapshot.inNamespace('Telemetry', namespace)]
    .sort(byAge)
    .map(object => {
      let unreadable: Selected['unreadable'];
      const selector = spec(object, (path, expected) => {
        unreadable ??= { path, expected };
      })
        .at('selector')
        .at('matchLabels')
        .textMap();
      return { object, selector, unreadable };
    });
}

/** An object's spec, to be read with care. */
export function spec(object: ConfigObject, report: ReportUnreadable): Field {
  return new Field(object.spec, 'spec', report);
}

function isEmpty(selector: Record<string, string>): boolean {
  return Object.keys(selector).length === 0;
}
