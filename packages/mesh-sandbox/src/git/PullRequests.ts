import { MAIN, Repository } from './Repository';

export interface PullRequest {
  number: number;
  title: string;
  body: string;
  /** Who opened it. */
  user: string;
  head: string;
  base: string;
  state: 'open' | 'closed';
  mergedAt?: string;
}

/** Why a merge is not done. */
export class NotMergeable extends Error {}

/** The pull requests of a repository, as a Git host keeps them. */
export class PullRequests {
  readonly #all: PullRequest[] = [];

  /** @param onMerge - hears that the branch that is deployed has moved */
  constructor(
    private readonly repository: Repository,
    private readonly onMerge: () => Promise<void>,
  ) {}

  list(): readonly PullRequest[] {
    return [...this.#all].reverse();
  }

  get(number: number): PullRequest | undefined {
    return this.#all[number - 1];
  }

  open(
    wanted: Pick<PullRequest, 'title' | 'body' | 'user' | 'head' | 'base'>,
  ): PullRequest {
    const request: PullRequest = {
      ...wanted,
      number: this.#all.length + 1,
      state: 'open',
    };
    this.#all.push(request);
    return request;
  }

  /** Closes it without merging it. */
  close(request: PullRequest): void {
    if (request.state === 'open') {
      request.state = 'closed';
    }
  }

  /** Whether it could be merged now; undefined for what is not open. */
  async mergeable(request: PullRequest): Promise<boolean | undefined> {
    const { repository } = this;
    const base = await repository.commitOf(request.base);
    const head = await repository.commitOf(request.head);
    return request.state === 'open' && base && head
      ? (await repository.mergedTree(base, head)) !== undefined
      : undefined;
  }

  /** @throws NotMergeable where it is not open, or conflicts with what its base has become */
  async merge(request: PullRequest): Promise<string> {
    const { repository } = this;
    const base = await repository.commitOf(request.base);
    const head = await repository.commitOf(request.head);
    if (request.state !== 'open' || !base || !head) {
      throw new NotMergeable('Pull Request is not mergeable: it is not open');
    }
    const tree = await repository.mergedTree(base, head);
    if (tree === undefined) {
      throw new NotMergeable(
        `Pull Request is not mergeable: ${request.head} conflicts with ${request.base}`,
      );
    }
    const commit = await repository.writeCommit(
      tree,
      [base, head],
      `Merge pull request #${request.number}\n\n${request.title}`,
    );
    await repository.moveBranch(request.base, commit, base);
    request.state = 'closed';
    request.mergedAt = new Date().toISOString();
    if (request.base === MAIN) {
      await this.onMerge();
    }
    return commit;
  }
}
