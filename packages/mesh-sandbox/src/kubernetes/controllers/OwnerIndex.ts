import { KubeObject } from '../../store/KubeObject';
import { ObjectName } from '../../store/Shelf';
import { StoreChange } from '../../store/StoreChange';

export interface Owned extends ObjectName {
  group: string;
  kind: string;
}

/** Which objects name an object as their owner. */
export class OwnerIndex {
  private readonly byOwner = new Map<string, Map<string, Owned>>();

  note({ type, group, kind, object, previous }: StoreChange): void {
    const { namespace, name } = object.metadata;
    const key = `${group}/${kind}/${namespace ?? ''}/${name}`;
    for (const uid of ownersOf(previous)) {
      const owned = this.byOwner.get(uid);
      owned?.delete(key);
      if (owned?.size === 0) {
        this.byOwner.delete(uid);
      }
    }
    if (type !== 'DELETED') {
      for (const uid of ownersOf(object)) {
        const owned = this.byOwner.get(uid) ?? new Map<string, Owned>();
        this.byOwner.set(uid, owned.set(key, { group, kind, namespace, name }));
      }
    }
  }

  /** What an owner owns, of one kind where given. */
  of(uid: string | undefined, kind?: string): Owned[] {
    return [...(this.byOwner.get(uid ?? '')?.values() ?? [])].filter(
      owned => kind === undefined || owned.kind === kind,
    );
  }
}

function ownersOf(object: KubeObject | undefined): string[] {
  return object?.metadata.ownerReferences?.map(({ uid }) => uid) ?? [];
}
