import { randomUUID } from 'crypto';
import { KubeObject } from '../../store/KubeObject';
import { badRequest, expired } from '../status/refusals';

/** One page of a list. */
export interface Page {
  items: readonly KubeObject[];
  resourceVersion: string;
  /** Asks for the next page; absent on the last. */
  continue?: string;
  remaining: number;
}

interface Snapshot {
  items: readonly KubeObject[];
  resourceVersion: string;
  takenAtMs: number;
}

type Token =
  | { snapshot: string; offset: number }
  /** Given with a 410: go on behind this object, with things as they are now. */
  | { after: string };

const tooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
  'without the continue parameter, or use the continue token in this response to retrieve the remainder of the ' +
  'results. Continuing with the provided token results in an inconsistent list - objects that were created, ' +
  'modified, or deleted between the time the first chunk was returned and now may show up in the list.';

export interface ListPagesOptions {
  clock: () => Date;
  /** How long a page token is good for; a cluster's etcd keeps about five minutes. */
  lifetimeMs?: number;
  /** Lists that may be under way at once; beyond that the oldest expires. */
  limit?: number;
}

/** Lists in pages that all show one moment, as `limit` and `continue` promise. */
export class ListPages {
  private readonly snapshots = new Map<string, Snapshot>();

  constructor(private readonly options: ListPagesOptions) {}

  /** The first page of a list, ordered by namespace and name; `limit` 0 is no limit. */
  first(
    items: readonly KubeObject[],
    resourceVersion: string,
    limit: number,
  ): Page {
    if (limit === 0 || items.length <= limit) {
      return { items, resourceVersion, remaining: 0 };
    }
    const id = randomUUID();
    this.snapshots.set(id, {
      items,
      resourceVersion,
      takenAtMs: this.options.clock().getTime(),
    });
    for (const oldest of this.snapshots.keys()) {
      if (this.snapshots.size <= (this.options.limit ?? 100)) {
        break;
      }
      this.snapshots.delete(oldest);
    }
    return this.page(id, 0, limit);
  }

  /**
   * The page that a token asks for.
   *
   * @param present - the list as it is now, for a client that goes on after a 410
   * @throws ApiError 410 where the token is too old, 400 where it is none
   */
  next(
    text: string,
    limit: number,
    present: () => { items: readonly KubeObject[]; resourceVersion: string },
  ): Page {
    const token = decode(text);
    if ('after' in token) {
      const { items, resourceVersion } = present();
      const rest = items.filter(item => keyOf(item) > token.after);
      return this.first(rest, resourceVersion, limit);
    }
    const snapshot = this.snapshots.get(token.snapshot);
    const ageMs =
      this.options.clock().getTime() - (snapshot?.takenAtMs ?? -Infinity);
    if (!snapshot || ageMs > (this.options.lifetimeMs ?? 300_000)) {
      const last = snapshot?.items[token.offset - 1];
      throw expired(tooOld, encode({ after: last ? keyOf(last) : '' }));
    }
    return this.page(token.snapshot, token.offset, limit);
  }

  /** Makes every token that was given out too old. */
  expire(): void {
    for (const snapshot of this.snapshots.values()) {
      snapshot.takenAtMs = -Infinity;
    }
  }

  private page(id: string, offset: number, limit: number): Page {
    const { items, resourceVersion } = this.snapshots.get(id)!;
    const end = limit === 0 ? items.length : offset + limit;
    const remaining = Math.max(0, items.length - end);
    return {
      items: items.slice(offset, end),
      resourceVersion,
      remaining,
      ...(remaining > 0 && {
        continue: encode({ snapshot: id, offset: end }),
      }),
    };
  }
}

/** Orders as the list is ordered: by namespace, then by name. */
function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}\0${metadata.name}`;
}

function encode(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decode(text: string): Token {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (typeof token.after === 'string' || typeof token.snapshot === 'string') {
      return token;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  throw badRequest('continue key is not valid');
}
