import express, { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { GitTokens, gitRightsOf } from './GitAccess';
import { NotMergeable, PullRequest, PullRequests } from './PullRequests';
import { MAIN, Repository } from './Repository';

export interface GitHubApiOptions {
  owner: string;
  name: string;
  repository: Repository;
  requests: PullRequests;
  tokens: GitTokens;
  /** Where pages and the API are. */
  url(): string;
}

const refuse = (response: Response, status: number, message: string) => {
  response.status(status).json({ message });
};

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const treeBody = z.object({
  base_tree: sha.optional(),
  tree: z.array(
    z.object({
      path: z
        .string()
        .regex(/^(?!\/)[^\0]+$/)
        .refine(path => !path.split('/').some(step => /^\.{0,2}$/.test(step))),
      mode: z.enum(['100644', '100755', '120000']),
      sha: sha.nullable().optional(),
      content: z.string().optional(),
    }),
  ),
});
const blobBody = z.object({
  content: z.string(),
  encoding: z.enum(['utf-8', 'base64']).default('utf-8'),
});
const commitBody = z.object({
  message: z.string().min(1),
  tree: sha,
  parents: z.array(sha),
});
const pullBody = z.object({
  title: z.string().min(1),
  body: z.string().nullish(),
  head: z.string(),
  base: z.string(),
});

/**
 * A stand-in for the part of GitHub's REST API (version 3) that Backstage reads repositories and opens pull requests by, over
 * a real repository. One repository; a branch that is deployed and protected; a token that may write and one that may not.
 */
export function createGitHubApi(options: GitHubApiOptions): Router {
  const { owner, name, repository, requests, tokens } = options;
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
  const requestJson = async (request: PullRequest) => ({
    number: request.number,
    state: request.state,
    title: request.title,
    body: request.body,
    merged: request.mergedAt !== undefined,
    merged_at: request.mergedAt ?? null,
    html_url: `${options.url()}/${owner}/${name}/pull/${request.number}`,
    head: {
      ref: request.head,
      sha: (await repository.commitOf(request.head)) ?? null,
    },
    base: { ref: request.base },
  });

  router.use(express.json({ limit: '10mb' }));
  router.use((request, response, next) => {
    const rights = gitRightsOf(request, tokens);
    if (rights === undefined) {
      refuse(response, 401, 'Bad credentials');
    } else if (
      request.method !== 'GET' &&
      !request.path.endsWith('/graphql') &&
      rights !== 'write'
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
                          url: (await requestJson(open)).html_url,
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
    response.json(repositoryJson(gitRightsOf(request, tokens) === 'write'));
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
          commit: { tree: { sha: await repository.treeOf(commit) } },
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
  own.post(
    '/git/blobs',
    answer(async (request, response) => {
      const { content, encoding } = blobBody.parse(request.body);
      response.status(201).json({
        sha: await repository.writeBlob(Buffer.from(content, encoding)),
      });
    }),
  );
  own.post(
    '/git/trees',
    answer(async (request, response) => {
      const { base_tree: base, tree } = treeBody.parse(request.body);
      const entries = await Promise.all(
        tree.map(async ({ path, mode, sha: given, content }) => ({
          path,
          mode,
          sha:
            content === undefined
              ? (given ?? null)
              : await repository.writeBlob(Buffer.from(content)),
        })),
      );
      response
        .status(201)
        .json({ sha: await repository.writeTree(base, entries) });
    }),
  );
  own.post(
    '/git/commits',
    answer(async (request, response) => {
      const { tree, parents, message } = commitBody.parse(request.body);
      response.status(201).json({
        sha: await repository.writeCommit(tree, parents, message),
      });
    }),
  );
  own.post(
    '/git/refs',
    answer(async (request, response) => {
      const { ref, sha: commit } = z
        .object({ ref: z.string().startsWith('refs/heads/'), sha })
        .parse(request.body);
      const branch = ref.slice('refs/heads/'.length);
      if (!(await repository.isBranchName(branch))) {
        refuse(response, 422, `${ref} is not a valid ref name.`);
      } else if (await repository.commitOf(ref)) {
        refuse(response, 422, 'Reference already exists');
      } else {
        await repository.moveBranch(branch, commit, '');
        response.status(201).json({ ref, object: { sha: commit } });
      }
    }),
  );
  own.patch(
    '/git/refs/heads/*',
    answer(async (request, response) => {
      const branch = request.params[0];
      const { sha: commit } = z.object({ sha }).parse(request.body);
      if (branch === MAIN) {
        refuse(response, 422, 'Cannot update this protected ref.');
      } else if (!(await repository.commitOf(`refs/heads/${branch}`))) {
        refuse(response, 422, 'Reference does not exist');
      } else {
        await repository.moveBranch(branch, commit);
        response.json({
          ref: `refs/heads/${branch}`,
          object: { sha: commit },
        });
      }
    }),
  );
  own.get(
    '/pulls',
    answer(async (_, response) => {
      response.json(await Promise.all(requests.list().map(requestJson)));
    }),
  );
  own.post(
    '/pulls',
    answer(async (request, response) => {
      const { title, body, head: named, base } = pullBody.parse(request.body);
      const head = named.replace(/^[^:]*:/, '');
      for (const branch of [head, base]) {
        if (!(await repository.commitOf(`refs/heads/${branch}`))) {
          refuse(response, 422, `Validation Failed: no branch ${branch}`);
          return;
        }
      }
      const opened = requests.open({ title, body: body ?? '', head, base });
      response.status(201).json(await requestJson(opened));
    }),
  );

  const withRequest = (
    handle: (
      found: PullRequest,
      request: Request,
      response: Response,
    ) => Promise<void>,
  ) =>
    answer(async (request, response) => {
      const found = requests.get(Number(request.params.number));
      if (!found) {
        refuse(response, 404, 'Not Found');
        return;
      }
      await handle(found, request, response);
    });
  own.get(
    '/pulls/:number',
    withRequest(async (found, _, response) => {
      response.json(await requestJson(found));
    }),
  );
  own.patch(
    '/pulls/:number',
    withRequest(async (found, request, response) => {
      if (
        z.object({ state: z.literal('closed') }).safeParse(request.body).success
      ) {
        requests.close(found);
      }
      response.json(await requestJson(found));
    }),
  );
  own.put(
    '/pulls/:number/merge',
    withRequest(async (found, _, response) => {
      try {
        response.json({ merged: true, sha: await requests.merge(found) });
      } catch (error) {
        if (!(error instanceof NotMergeable)) {
          throw error;
        }
        refuse(response, 405, error.message);
      }
    }),
  );
  router.use((_, response) => refuse(response, 404, 'Not Found'));
  return router;
}

/** Answers a body that is no such body with GitHub's 422, and what goes wrong here with 500. */
function answer(
  handle: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return (request, response) => {
    handle(request, response).catch((error: Error) => {
      if (error instanceof z.ZodError) {
        refuse(response, 422, `Validation Failed: ${z.prettifyError(error)}`);
      } else {
        refuse(response, 500, error.message);
      }
    });
  };
}
