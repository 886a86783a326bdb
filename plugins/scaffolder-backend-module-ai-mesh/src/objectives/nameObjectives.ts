import {
  ANNOTATION_SLOS,
  type JsonPatchOperation,
  type ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  ANNOTATION_SOURCE_LOCATION,
  parseEntityRef,
} from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { editManifest, manifestsIn } from '../fixes/editManifest';
import { FixRefusal } from '../fixes/FixRefusal';
import { parseManifest } from '../fixes/parseManifest';

/**
 * Names a file of objectives on the entity that they are for, in whichever catalog file has it. All else of that file stays
 * as it is, to the character.
 *
 * @param files - catalog files, by their paths
 * @param slos - where the objectives are, from the folder of the catalog file
 * @throws ConflictError where the entity is in none of the files or in several, or cannot be told of them
 */
export function nameObjectives(
  files: ReadonlyMap<string, string>,
  entityRef: string,
  slos: string,
): { file: string; text: string } {
  const entity = objectOf(entityRef);
  const found = [...files].flatMap(([file, text]) =>
    manifestsIn(text, entity).map(manifest => ({ file, manifest })),
  );
  if (found.length !== 1) {
    const where = found.map(({ file }) => file).join(', ');
    throw new ConflictError(
      found.length === 0
        ? `${entityRef} is in no catalog file here, or in one that a template makes: name the folder of its catalog file.`
        : `${entityRef} is in several catalog files, ${where}: name the folder of one.`,
    );
  }
  const [{ file, manifest }] = found;
  const { text, part } = manifest;
  const annotations = annotationsIn(text.slice(part.from, part.to));
  if (annotations?.[ANNOTATION_SLOS] !== undefined) {
    throw new ConflictError(
      `${entityRef} names objectives already: write into that file, ${annotations[ANNOTATION_SLOS]}.`,
    );
  }
  if (annotations?.[ANNOTATION_SOURCE_LOCATION] !== undefined) {
    throw new ConflictError(
      `${entityRef} has its sources elsewhere, from where ${ANNOTATION_SLOS} would be read: name the file there by hand, as a URL.`,
    );
  }
  try {
    return { file, text: editManifest(manifest, patchOf(annotations, slos)) };
  } catch (error) {
    if (!(error instanceof FixRefusal)) {
      throw error;
    }
    throw new ConflictError(`${file} was not changed: ${error.message}`);
  }
}

function patchOf(
  annotations: object | undefined,
  slos: string,
): JsonPatchOperation[] {
  return annotations
    ? [
        {
          op: 'add',
          path: `/metadata/annotations/${ANNOTATION_SLOS.replace('/', '~1')}`,
          value: slos,
        },
      ]
    : [
        {
          op: 'add',
          path: '/metadata/annotations',
          value: { [ANNOTATION_SLOS]: slos },
        },
      ];
}

function annotationsIn(source: string): Record<string, unknown> | undefined {
  const { metadata } = parseManifest(source)!.content as {
    metadata: { annotations?: Record<string, unknown> | null };
  };
  return metadata.annotations ?? undefined;
}

/** A reference has kinds in lower case, a file as the catalog's model writes them. */
function objectOf(entityRef: string): ObjectRef {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const written =
    kind.toLowerCase() === 'api'
      ? 'API'
      : `${kind[0].toUpperCase()}${kind.slice(1)}`;
  return {
    cluster: '',
    apiVersion: 'backstage.io/v1alpha1',
    kind: written,
    namespace,
    name,
  };
}
