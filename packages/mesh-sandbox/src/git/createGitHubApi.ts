import express, { Router } from 'express';
import { z } from 'zod';
import { administrationApi } from './administrationApi';
import { answer, refuse } from './answer';
import { GitAccess } from './GitAccess';
import { gitDatabaseApi } from './gitDatabaseApi';
import { pullRequestsApi } from './pullRequestsApi';
import { ProtectedBranches } from './ProtectedBranches';
import { PullRequests } from './PullRequests';
import { MAIN, Repository } from './Repository';

export interface GitHubApiOptions {
  owner: string;
  name: string;
  repository: Repository;
  requests: PullRequests;
  access: GitAccess;
  branches: ProtectedBranches;
  /** Where pages and the API are. */
  url(): string;
}

/**
 * A stand-in for the part of GitHub's REST API (version 3) that Backstage reads repositories and opens pull requests by, over
 * a real repository. One repository; a branch that is deployed and protected; tokens that may administer, write and only read.
 */
export function createGitHubApi(options: GitHubApiOptions): Router {
  const { owner, name, repository, requests, access, branches } = options;
  const router = express.Router();
  const apiUrl = () => `${options.url()}/api/v3/repos/${owner}/${name}`;
  const repositoryJson = (canPush: boolean) => ({
    name,
    full_name: `${owner}/${name}`,
    owner: { login: owner },
    default_branch: MAIN,
    html_url: `${options.url()}/${owner}/${name}`,
    archive_url: `${apiUrl()}/{archive_format}{/ref}`,
    trees_url: `${apiUrl()}/git/trees{/sha}`,
    permissions: { pull: true, push: canPush },
  });
  const pageOf = (number: number) =>
    `${options.url()}/${owner}/${name}/pull/${number}`;

  router.use(express.json({ limit: '10mb' }));
  router.use((request, response, next) => {
    const mayWrite = access.permits(request, 'write');
    if (mayWrite === undefined) {
      refuse(response, 401, 'Bad credentials');
    } else if (
      request.method !== 'GET' &&
      !request.path.endsWith('/graphql') &&
      !mayWrite
    ) {
      refuse(response, 403, 'Resource not accessible by personal access token');
    } else {
      next();
    }
  });

  router.post(
    '/graphql',
    answer(async (request, response) => {
      const { head } = z
        .object({ variables: z.object({ head: z.string() }) })
        .parse(request.body).variables;
      const commit = await repository.commitOf(`refs/heads/${head}`);
      const open = requests
        .list()
        .find(one => one.state === 'open' && one.head === head);
      response.json({
        data: {
          repository: {
            ref: commit && {
              associatedPullRequests: {
                edges: open
                  ? [
                      {
                        node: {
                          id: String(open.number),
                          number: open.number,
                          url: pageOf(open.number),
                        },
                      },
                    ]
                  : [],
              },
            },
          },
        },
      });
    }),
  );

  const own = express.Router();
  router.use(`/v3/repos/${owner}/${name}`, own);

  own.get('/', (request, response) => {
    response.json(repositoryJson(access.permits(request, 'write') === true));
  });
  own.get(
    '/commits',
    answer(async (request, response) => {
      const commit = await repository.commitOf(
        String(request.query.sha ?? MAIN),
      );
      if (!commit) {
        refuse(response, 404, 'Not Found');
        return;
      }
      response.json([
        {
          sha: commit,
          commit: {
            tree: { sha: await repository.treeOf(commit) },
            author: { name: await repository.authorOf(commit) },
          },
        },
      ]);
    }),
  );
  own.get(
    '/commits/:ref/status',
    answer(async (request, response) => {
      const commit = await repository.commitOf(request.params.ref);
      if (!commit) {
        refuse(response, 404, 'No commit found');
        return;
      }
      response.json({ sha: commit, repository: repositoryJson(false) });
    }),
  );
  own.get(
    '/tarball/:ref',
    answer(async (request, response) => {
      const commit = await repository.commitOf(request.params.ref);
      if (!commit) {
        refuse(response, 404, 'Not Found');
        return;
      }
      response
        .type('application/gzip')
        .send(
          await repository.archive(
            commit,
            `${owner}-${name}-${commit.slice(0, 7)}`,
          ),
        );
    }),
  );
  own.get(
    '/contents/*',
    answer(async (request, response) => {
      const commit = await repository.commitOf(
        String(request.query.ref ?? MAIN),
      );
      const content =
        commit && (await repository.read(commit, request.params[0]));
      if (!content) {
        refuse(response, 404, 'Not Found');
        return;
      }
      response.type('text/plain').send(content);
    }),
  );
  own.use(administrationApi(access, branches));
  own.use(gitDatabaseApi(repository, branches, access));
  own.use(pullRequestsApi(requests, repository, access, pageOf));
  router.use((_, response) => refuse(response, 404, 'Not Found'));
  return router;
}
