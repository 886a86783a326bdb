import { Router } from 'express';
import { z } from 'zod';
import { answer, refuse } from './answer';
import { GitAccess } from './GitAccess';
import { ProtectedBranches } from './ProtectedBranches';
import { Repository } from './Repository';

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
/** GitHub's Git database: blobs, trees, commits, and the branches that point at them. */
export function gitDatabaseApi(
  repository: Repository,
  branches: ProtectedBranches,
  access: GitAccess,
): Router {
  const router = Router();
  router.post(
    '/git/blobs',
    answer(async (request, response) => {
      const { content, encoding } = blobBody.parse(request.body);
      response.status(201).json({
        sha: await repository.writeBlob(Buffer.from(content, encoding)),
      });
    }),
  );
  router.post(
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
  router.post(
    '/git/commits',
    answer(async (request, response) => {
      const { tree, parents, message } = commitBody.parse(request.body);
      response.status(201).json({
        sha: await repository.writeCommit(
          tree,
          parents,
          message,
          access.userOf(request),
        ),
      });
    }),
  );
  router.post(
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
      } else if (branches.has(ref)) {
        refuse(
          response,
          422,
          'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n',
        );
      } else {
        await repository.moveBranch(branch, commit, '');
        response.status(201).json({ ref, object: { sha: commit } });
      }
    }),
  );
  // Octokit writes the slash behind `heads` as %2F.
  router.patch(
    /^\/git\/refs\/heads(?:\/|%2F)(.+)$/i,
    answer(async (request, response) => {
      const branch = request.params[0];
      const { sha: commit } = z.object({ sha }).parse(request.body);
      if (branches.has(`refs/heads/${branch}`)) {
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
  return router;
}
