import {
  said,
  wording,
  type FixRequest,
  type ObjectRef,
  type Words,
  wordsOf,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isDeepStrictEqual } from 'util';
import { kindTable } from '../kubernetes/kindTable';
import type { ConfigObject, MeshKind } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { TrackerReader } from '../kubernetes/TrackerReader';
import type { Target } from '../target/Target';
import type { FollowedObject, WantedState } from './FollowedRequest';
import type { JudgedState } from './JudgedState';
import { judgeSplit } from './wanted/WantedSplit';
import { rulesDigest } from './wanted/rulesDigest';

/** An object as its cluster has it, or why that is not known. */
export type FoundObject =
  | { status: 'found'; object: unknown }
  | { status: 'absent' }
  | { status: 'unknown'; words: Words[] };

/** How an object that a pull request is to bring stands in the cluster of now. */
export async function objectStanding(
  { object, as }: FollowedObject,
  searched: Target['searched'],
): Promise<FixRequest['objects'][number]> {
  const place = searched.find(({ cluster }) => cluster.name === object.cluster);
  const found: FoundObject = place
    ? await find(object, place)
    : {
        status: 'unknown',
        words: [wording('fix.otherCluster', { cluster: object.cluster })],
      };
  const { standing, words } = judge(as, found, place?.snapshot.clusterDomain);
  return { object, standing, ...(words && said(...words)) };
}

/** What is found, beside what is wanted. */
export function judge(
  as: WantedState,
  found: FoundObject,
  clusterDomain = '',
): JudgedState {
  if (found.status !== 'found') {
    return found.status === 'absent'
      ? { standing: 'absent' }
      : { standing: 'unknown', words: found.words };
  }
  const object = found.object as ConfigObject;
  if ('split' in as) {
    return judgeSplit(as.split, object, clusterDomain);
  }
  const isSo =
    'rules' in as
      ? rulesDigest(object.spec?.groups) === as.rules
      : isDeepStrictEqual(object.spec, as.spec);
  return { standing: isSo ? 'applied' : 'differs' };
}

async function find(
  object: ObjectRef,
  { cluster, snapshot }: Target['searched'][number],
): Promise<FoundObject> {
  const { kind, namespace = '', name } = object;
  return kindTable.some(row => row.kind === kind)
    ? inSnapshot(snapshot, kind as MeshKind, namespace, name)
    : byName(cluster, object);
}

/** What was seen a while ago no longer tells. */
function inSnapshot(
  snapshot: MeshSnapshot,
  kind: MeshKind,
  namespace: string,
  name: string,
): FoundObject {
  const state = snapshot.state(kind);
  const { cluster } = snapshot;
  switch (state.status) {
    case 'synced': {
      const object = snapshot.get(kind, namespace, name);
      return object ? { status: 'found', object } : { status: 'absent' };
    }
    case 'not-served':
      return { status: 'absent' };
    case 'stale':
      return unknownBy(state, wording('kube.silent', { cluster }));
    case 'forbidden':
      return unknownBy(state, wording('kube.mayNotBeListed', { kind }));
    default:
      return unknownBy(state, wording('kube.notYet', { cluster, kind }));
  }
}

function unknownBy(
  state: { message?: string; words?: Words[] },
  otherwise: Words,
): FoundObject {
  const words = wordsOf(state);
  return { status: 'unknown', words: words.length > 0 ? words : [otherwise] };
}

/** What is not watched is read when somebody asks. */
async function byName(
  {
    name: cluster,
    trackers,
  }: { name: string; trackers?: Pick<TrackerReader, 'read'> },
  { kind, namespace = '', name }: ObjectRef,
): Promise<FoundObject> {
  const read =
    kind === 'PrometheusRule'
      ? await trackers?.read(kind, namespace, name)
      : undefined;
  switch (read?.status) {
    case 'found':
    case 'absent':
      return read;
    case 'forbidden':
      return {
        status: 'unknown',
        words: [wording('fix.mayNotGet', { cluster, kind, namespace })],
      };
    default:
      return {
        status: 'unknown',
        words: [wording('kube.notYet', { cluster, kind })],
      };
  }
}
