import { Request, Response, Router } from 'express';
import { z } from 'zod';
import { answer, refuse } from './answer';
import { GitAccess } from './GitAccess';
import { NotMergeable, PullRequest, PullRequests } from './PullRequests';
import { Repository } from './Repository';

const pullBody = z.object({
  title: z.string().min(1),
  body: z.string().nullish(),
  head: z.string(),
  base: z.string(),
});

/** GitHub's pull requests of one repository. */
export function pullRequestsApi(
  requests: PullRequests,
  repository: Repository,
  access: GitAccess,
  /** Of a request, by its number. */
  pageOf: (number: number) => string,
): Router {
  const router = Router();
  const requestJson = async (request: PullRequest) => ({
    number: request.number,
    state: request.state,
    title: request.title,
    body: request.body,
    user: { login: request.user },
    merged: request.mergedAt !== undefined,
    mergeable: (await requests.mergeable(request)) ?? null,
    merged_at: request.mergedAt ?? null,
    html_url: pageOf(request.number),
    head: {
      ref: request.head,
      sha: (await repository.commitOf(request.head)) ?? null,
    },
    base: { ref: request.base },
  });

  router.get(
    '/pulls',
    answer(async (_, response) => {
      response.json(await Promise.all(requests.list().map(requestJson)));
    }),
  );
  router.post(
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
      const opened = requests.open({
        title,
        body: body ?? '',
        user: access.userOf(request)!,
        head,
        base,
      });
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
  router.get(
    '/pulls/:number',
    withRequest(async (found, _, response) => {
      response.json(await requestJson(found));
    }),
  );
  router.patch(
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
  router.put(
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
  return router;
}
