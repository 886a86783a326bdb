import { ANNOTATION_SLOS, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  parseLocationRef,
  type Entity,
} from '@backstage/catalog-model';
import { basename, dirname, isAbsolute } from 'path';
import { WordedError } from '../../WordedError';

/** Where an entity's objectives are written. */
export type ObjectivesLocation =
  | { type: 'url'; url: string }
  /** Beside a catalog file on the portal's own disk, which only its configuration can name. */
  | { type: 'file'; path: string; name: string };

/**
 * Finds the OpenSLO file that an entity names; undefined where it names none.
 *
 * @param resolveUrl - resolves a path against a URL of a source code host, as Backstage's integrations do
 * @throws WordedError with half a sentence for the entity's owner
 */
export function locateObjectives(
  entity: Entity,
  resolveUrl: (path: string, base: string) => string,
): ObjectivesLocation | undefined {
  const { annotations = {} } = entity.metadata;
  const value = annotations[ANNOTATION_SLOS]?.trim();
  if (!value) {
    return undefined;
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) {
    if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) {
      throw new WordedError(wording('openslo.noUrl'));
    }
    const { username, password } = new URL(value);
    if (username || password) {
      throw new WordedError(wording('openslo.credentials'));
    }
    return { type: 'url', url: value };
  }
  // The catalog sets the location itself; an entity's own source location may say anything, so it only counts for URLs,
  // which are read through Backstage's reader and its list of hosts.
  const managedBy = locationOf(annotations[ANNOTATION_LOCATION]);
  if (managedBy?.type === 'file') {
    return {
      type: 'file',
      path: pathBelow(dirname(managedBy.target), value),
      name: isAbsolute(value) ? basename(value) : value,
    };
  }
  const source =
    locationOf(annotations[ANNOTATION_SOURCE_LOCATION]) ?? managedBy;
  if (source?.type !== 'url') {
    throw new WordedError(wording('openslo.fromNowhere'));
  }
  return { type: 'url', url: resolveUrl(value, source.target) };
}

function pathBelow(folder: string, path: string): string {
  try {
    return resolveSafeChildPath(folder, path);
  } catch {
    // Whatever it says would be about folders of the portal.
    throw new WordedError(wording('openslo.outside'));
  }
}

function locationOf(ref: string | undefined) {
  return ref ? parseLocationRef(ref) : undefined;
}
