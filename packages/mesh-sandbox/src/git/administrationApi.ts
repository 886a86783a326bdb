import { Router } from 'express';
import { z } from 'zod';
import { answer, refuse } from './answer';
import { GitAccess } from './GitAccess';
import { ProtectedBranches } from './ProtectedBranches';

const collaboratorBody = z.object({ permission: z.enum(['pull', 'push']) });
const rulesetBody = z.object({
  name: z.string().min(1),
  target: z.literal('branch'),
  enforcement: z.literal('active'),
  conditions: z.object({
    ref_name: z.object({
      include: z.array(z.string().regex(/^refs\/heads\/[\w.-]+\*$/)).min(1),
      exclude: z.tuple([]),
    }),
  }),
  rules: z.tuple([
    z.object({ type: z.literal('creation') }),
    z.object({ type: z.literal('update') }),
  ]),
});

/** The part of GitHub's REST API by which an administrator takes rights from the writer, and protects branches by rulesets. */
export function administrationApi(
  access: GitAccess,
  branches: ProtectedBranches,
): Router {
  const router = Router();
  router.use(['/collaborators', '/rulesets'], (request, response, next) => {
    if (access.permits(request, 'admin')) {
      next();
    } else {
      refuse(response, 403, 'Must have admin rights to Repository.');
    }
  });
  router.put(
    '/collaborators/writer',
    answer(async (request, response) => {
      const { permission } = collaboratorBody.parse(request.body);
      access.writerMayOnlyRead = permission === 'pull';
      response.status(204).end();
    }),
  );
  router.post(
    '/rulesets',
    answer(async (request, response) => {
      const { name, conditions } = rulesetBody.parse(request.body);
      const id = await branches.protect(
        conditions.ref_name.include.map(glob => glob.slice(0, -1)),
      );
      response.status(201).json({ id, name });
    }),
  );
  router.delete(
    '/rulesets/:id',
    answer(async (request, response) => {
      if (await branches.release(Number(request.params.id))) {
        response.status(204).end();
      } else {
        refuse(response, 404, 'Not Found');
      }
    }),
  );
  return router;
}
