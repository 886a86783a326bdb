import { isDeepStrictEqual } from 'util';
import { parseAllDocuments } from 'yaml';
import { groupOf, KubeObject } from '../store/KubeObject';
import { ResourceKind } from '../store/ResourceKind';
import { MAIN, Repository } from './Repository';

export interface GitOpsSyncOptions {
  repository: Repository;
  /** The one whose files are deployed. */
  folder: string;
  kinds: readonly ResourceKind[];
  /** The API server, and a token that may write. */
  kubernetes: string;
  token: string;
  /** Hears what could not be applied. */
  onProblem(message: string): void;
}

type Manifests = Map<string, KubeObject>;

/**
 * Keeps the cluster as a folder of the repository's main branch says, by the API server, as Argo CD and Flux do: what changes
 * there is merged into the objects, what goes from there is deleted. What somebody else changed in the cluster stays (no
 * self-healing).
 */
export class GitOpsSync {
  #applied?: { commit: string; manifests: Manifests };
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly options: GitOpsSyncOptions) {}

  /** Takes what is on the branch for what is in the cluster. */
  async adopt(): Promise<void> {
    this.#applied = await this.#read();
  }

  /** Applies what has changed since; one at a time. */
  sync(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#sync())
      .catch((error: Error) => this.options.onProblem(error.message));
    return this.#running;
  }

  async #sync(): Promise<void> {
    const before = this.#applied;
    const now = await this.#read();
    if (!before || before.commit === now.commit) {
      return;
    }
    const applied: Manifests = new Map(before.manifests);
    let { commit } = now;
    for (const key of new Set([
      ...now.manifests.keys(),
      ...before.manifests.keys(),
    ])) {
      const [last, next] = [before.manifests.get(key), now.manifests.get(key)];
      try {
        if (!next) {
          await this.#send('DELETE', last!, true);
          applied.delete(key);
        } else if (!isDeepStrictEqual(last, next)) {
          await this.#apply(last, next);
          applied.set(key, next);
        }
      } catch (error) {
        // One that the cluster does not take holds up no other, and is tried again.
        ({ commit } = before);
        this.options.onProblem((error as Error).message);
      }
    }
    this.#applied = { commit, manifests: applied };
  }

  async #apply(last: KubeObject | undefined, next: KubeObject): Promise<void> {
    const found = await this.#send(
      'PATCH',
      next,
      true,
      mergePatch(last ?? {}, next),
    );
    if (!found) {
      await this.#send('POST', next, false, next);
    }
  }

  /** @returns whether the object is there */
  async #send(
    method: 'PATCH' | 'POST' | 'DELETE',
    object: KubeObject,
    isNamed: boolean,
    body?: unknown,
  ): Promise<boolean> {
    const { kinds, kubernetes, token } = this.options;
    const { apiVersion, kind, metadata } = object;
    const served = kinds.find(
      one => one.kind === kind && one.group === groupOf(apiVersion),
    );
    if (!served) {
      throw new Error(`the cluster has no kind ${apiVersion} ${kind}`);
    }
    const path = [
      apiVersion.includes('/') ? 'apis' : 'api',
      apiVersion,
      ...(served.namespaced
        ? ['namespaces', metadata.namespace ?? 'default']
        : []),
      served.plural,
      ...(isNamed ? [metadata.name] : []),
    ].join('/');
    const answer = await fetch(`${kubernetes}/${path}?fieldManager=gitops`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type':
          method === 'PATCH'
            ? 'application/merge-patch+json'
            : 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok && !(answer.status === 404 && isNamed)) {
      throw new Error(`${kind} ${metadata.name}: ${await answer.text()}`);
    }
    return answer.ok;
  }

  async #read(): Promise<{ commit: string; manifests: Manifests }> {
    const { repository, folder } = this.options;
    const commit = (await repository.commitOf(MAIN))!;
    const manifests: Manifests = new Map();
    for (const [file, text] of await repository.files(commit)) {
      if (!file.startsWith(`${folder}/`)) {
        continue;
      }
      for (const document of parseAllDocuments(text)) {
        const object = document.toJS() as KubeObject | null;
        if (object?.kind) {
          const { apiVersion, kind, metadata } = object;
          manifests.set(
            [groupOf(apiVersion), kind, metadata.namespace, metadata.name].join(
              '/',
            ),
            object,
          );
        } else if (document.errors.length > 0) {
          throw new Error(`${file}: ${document.errors[0].message}`);
        }
      }
    }
    return { commit, manifests };
  }
}

/** What makes one into the other, as a JSON Merge Patch (RFC 7386). */
function mergePatch(from: object, to: object): Record<string, unknown> {
  const before = from as Record<string, unknown>;
  const after = to as Record<string, unknown>;
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!(key in after)) {
      patch[key] = null;
    } else if (!isDeepStrictEqual(before[key], after[key])) {
      patch[key] =
        isPlain(before[key]) && isPlain(after[key])
          ? mergePatch(before[key], after[key])
          : after[key];
    }
  }
  return patch;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
