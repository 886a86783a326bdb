import {
  ANNOTATION_KUBERNETES_ID,
  MARK_ENTITY,
  MARK_OWNER,
  wording,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ObjectMeta } from '../../kubernetes/kinds';

/** What an object of the cluster says about whose it is. */
export interface Marks {
  /** Entity references. */
  entities: readonly string[];
  /** Entity references of groups and users. */
  owners: readonly string[];
  /**
   * Named by `backstage.io/kubernetes-id`, which is there in many clusters for another plugin's sake: it counts where
   * the catalog has such an entity, and nobody has said on purpose whose the object is.
   */
  byId?: string;
  /** Somebody has said on purpose whose it is, if only in a text that names nobody. */
  explicit: boolean;
  /** One or two annotations or labels that count, as a person finds them, each with what of it cannot count. */
  evidence: readonly Words[];
}

/** What of a mark cannot count. */
interface Trouble {
  why: 'tooLong' | 'tooMany' | 'unreadable';
  count: number;
  unreadable?: number;
}

/** Of one sentence. */
type Place = 'first' | 'second';

/** A longer text, or one of more references, names nobody. */
const MOST_CHARACTERS = 2000;
const MOST_REFERENCES = 20;

/** Objects of a snapshot are never changed, and every entity that claims one asks for its marks. */
const known = new WeakMap<object, Marks | 'none'>();

/**
 * Reads the annotations and labels that name an entity or an owner. An annotation goes before a label of the same name.
 * A text that is no reference names nobody, but the object is marked all the same: what somebody meant to protect is
 * not free for all because of a slip.
 *
 * @returns undefined where there is no mark
 */
export function marksOf(
  metadata: Pick<ObjectMeta, 'labels' | 'annotations'> | undefined,
): Marks | undefined {
  if (!metadata) {
    return undefined;
  }
  const present = known.get(metadata) ?? readMarks(metadata) ?? 'none';
  known.set(metadata, present);
  return present === 'none' ? undefined : present;
}

function readMarks({
  labels,
  annotations,
}: Pick<ObjectMeta, 'labels' | 'annotations'>): Marks | undefined {
  const marked = (key: string, defaultKind: string) => {
    const annotation = annotations?.[key]?.trim();
    const value = annotation || labels?.[key]?.trim();
    if (!value) {
      return undefined;
    }
    const { refs, trouble } = refsIn(value, defaultKind);
    return {
      refs,
      evidence: (place: Place) =>
        markWords(place, annotation ? 'annotation' : 'label', key, trouble),
    };
  };
  const entity = marked(MARK_ENTITY, 'component');
  const owner = marked(MARK_OWNER, 'group');
  const id = marked(ANNOTATION_KUBERNETES_ID, 'component');
  if (entity || owner) {
    return {
      entities: entity?.refs ?? [],
      owners: owner?.refs ?? [],
      explicit: true,
      evidence: [entity, owner]
        .flatMap(mark => mark ?? [])
        .map((mark, index) => mark.evidence(index === 0 ? 'first' : 'second')),
    };
  }
  return (
    id && {
      entities: [],
      owners: [],
      byId: id.refs[0],
      explicit: false,
      evidence: [id.evidence('first')],
    }
  );
}

/** What a text names, and what of it cannot count; absent: nothing. */
function refsIn(
  text: string,
  defaultKind: string,
): { refs: string[]; trouble?: Trouble } {
  if (text.length > MOST_CHARACTERS) {
    return {
      refs: [],
      trouble: { why: 'tooLong', count: text.length },
    };
  }
  const parts = text.split(',');
  if (parts.length > MOST_REFERENCES) {
    return {
      refs: [],
      trouble: { why: 'tooMany', count: parts.length },
    };
  }
  const refs = parts.flatMap(part => {
    try {
      return [
        stringifyEntityRef(
          parseEntityRef(part.trim(), {
            defaultKind,
            defaultNamespace: 'default',
          }),
        ),
      ];
    } catch {
      // Names nobody, which the trouble tells; that the object is marked still counts.
      return [];
    }
  });
  const unreadable = parts.length - refs.length;
  return {
    refs,
    ...(unreadable > 0 && {
      trouble: { why: 'unreadable', count: parts.length, unreadable },
    }),
  };
}

function markWords(
  place: Place,
  mark: 'annotation' | 'label',
  key: string,
  trouble: Trouble | undefined,
): Words {
  const params = { [`${place}Key`]: key };
  return trouble
    ? wording(
        `${place}.${mark}But`,
        {
          ...params,
          [`${place}Count`]: trouble.count,
          [`${place}Unread`]: trouble.unreadable ?? 0,
          mostCharacters: MOST_CHARACTERS,
          mostReferences: MOST_REFERENCES,
        },
        { [`${place}But`]: `${place}But.${trouble.why}` },
      )
    : wording(
        mark === 'label' ? `${place}.label` : `${place}.annotation`,
        params,
      );
}
