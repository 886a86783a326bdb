import express from 'express';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import { basename } from 'path';
import { frontDoor } from '../server/frontDoor';
import { ResourceKind } from '../store/ResourceKind';
import { createGitHubApi } from './createGitHubApi';
import { createGitPages } from './createGitPages';
import { GitAccess, GitTokens } from './GitAccess';
import { GitOpsSync } from './GitOpsSync';
import { gitOverHttp } from './gitOverHttp';
import { ProtectedBranches } from './ProtectedBranches';
import { PullRequests } from './PullRequests';
import { MAIN, Repository } from './Repository';

export interface GitHostOptions {
  /** Whose YAML files are deployed. */
  folder: string;
  /** Others whose YAML files the repository holds too. */
  moreFolders?: readonly string[];
  /** Files that are no manifests. */
  leaveOut: readonly string[];
  kinds: readonly ResourceKind[];
  kubernetes: string;
  kubernetesToken: string;
  /** 0: a free one. */
  port: number;
}

/** Where a Git host answers. @public */
export interface GitHostAddresses {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** As Backstage's `integrations.github` names it. */
  host: string;
  apiBaseUrl: string;
  /** `owner/name` */
  repository: string;
  /** The page of the folder that is deployed, as `fetch:plain` takes it. */
  source: string;
  /** The same of the folders that are not deployed. */
  moreSources: readonly string[];
  tokens: GitTokens;
}

export interface RunningGitHost extends GitHostAddresses {
  stop(): Promise<void>;
}

const OWNER = 'shop';
const NAME = 'deployments';

/**
 * Serves a world's manifests from a Git repository, deploys what is merged, and stands in for GitHub where a pull request is
 * opened. Needs `git`.
 */
export async function startGitHost(
  options: GitHostOptions,
): Promise<RunningGitHost> {
  const access = new GitAccess();
  const { folder, moreFolders = [] } = options;
  const repository = await Repository.of(
    [folder, ...moreFolders],
    file => /\.ya?ml$/.test(file) && !options.leaveOut.includes(file),
  );
  const branches = await ProtectedBranches.of(repository.folder);
  const sync = new GitOpsSync({
    repository,
    folder: basename(folder),
    kinds: options.kinds,
    kubernetes: options.kubernetes,
    token: options.kubernetesToken,
    onProblem: message => process.stderr.write(`sync: ${message}\n`),
  });
  await sync.adopt();
  const requests = new PullRequests(repository, () => sync.sync());
  const app = express();
  app.disable('x-powered-by');
  app.use(frontDoor());
  let url = '';
  app.use(
    '/api',
    createGitHubApi({
      owner: OWNER,
      name: NAME,
      repository,
      requests,
      access,
      branches,
      url: () => url,
    }),
  );
  app.use(
    `/${OWNER}/${NAME}.git`,
    gitOverHttp({ repository, access, onPush: () => void sync.sync() }),
  );
  app.use(
    `/${OWNER}/${NAME}`,
    createGitPages({ title: `${OWNER}/${NAME}`, repository, requests }),
  );
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sourceOf = (one: string) =>
    `${url}/${OWNER}/${NAME}/tree/${MAIN}/${basename(one)}`;
  return {
    url,
    host: new URL(url).host,
    apiBaseUrl: `${url}/api/v3`,
    repository: `${OWNER}/${NAME}`,
    source: sourceOf(folder),
    moreSources: moreFolders.map(sourceOf),
    tokens: access.tokens,
    async stop() {
      const closed = new Promise(resolve => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
      await repository.remove();
    },
  };
}
