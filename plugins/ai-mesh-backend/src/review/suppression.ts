import type {
  FindingCode,
  SettingSource,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, KubernetesObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { objectRef } from '../routes/objectRef';

/** On an object or on a Service: codes that are not to be reported for it, separated by commas. */
export const IGNORE_ANNOTATION = 'ai-mesh.io/ignore';

/** The annotation that silences a code: on the object that it is about, or on the service. */
export function suppressedBy(
  snapshot: MeshSnapshot,
  code: FindingCode,
  objects: readonly KubernetesObject[],
): SettingSource | undefined {
  const object = objects.find(({ metadata }) =>
    codesIn(metadata.annotations?.[IGNORE_ANNOTATION]).includes(code),
  );
  return (
    object && {
      object: objectRef(snapshot, object as ConfigObject),
      path: `metadata.annotations['${IGNORE_ANNOTATION}']`,
    }
  );
}

function codesIn(annotation: unknown): string[] {
  return typeof annotation === 'string'
    ? annotation.split(',').map(code => code.trim().toUpperCase())
    : [];
}
