import {
  contestedClaimsSchema,
  wording,
  type ContestedClaims,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { toldEvidence, type Ownership } from '../../target/ownership';
import { worded } from '../../worded';
import type { ApiOperation } from '../ApiOperation';
import { pageQuerySchema } from '../pageQuery';
import { parseQuery } from '../parseQuery';
import type { ReadableEntities } from '../ReadableEntities';

export interface OwnershipRouterOptions {
  httpAuth: HttpAuthService;
  entities: Pick<ReadableEntities, 'look'>;
  /** By cluster, namespace and name. */
  contested(): Promise<readonly Ownership[]>;
}

/** What {@link ownershipRouter} serves. */
export const ownershipOperations: readonly ApiOperation[] = [
  {
    operationId: 'readContestedClaims',
    method: 'get',
    path: '/v1/ownership/contested',
    summary:
      'Services that more entities claim than own them, as far as the caller may see those entities.',
    query: pageQuerySchema,
    answer: contestedClaimsSchema,
    answerName: 'ContestedClaims',
  },
];

/** Serves whose Services are, beyond one entity. */
export function ownershipRouter(options: OwnershipRouterOptions): Router {
  const router = PromiseRouter();
  router.get('/v1/ownership/contested', async (request, response) => {
    const credentials = await options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { limit, cursor } = parseQuery(pageQuerySchema, request.query);
    const contested = await options.contested();
    const { seen, readable } = await options.entities.look(
      [
        ...new Set(
          contested.flatMap(({ owners, claims }) => [...owners, ...claims]),
        ),
      ],
      credentials,
    );
    const rows = contested.filter(({ owners, claims }) =>
      [...owners, ...claims].some(ref => readable.has(ref)),
    );
    const from = cursor === undefined ? 0 : positionIn(rows, cursor);
    const page = rows.slice(from, from + limit);
    const answer: ContestedClaims = {
      services: page.map(({ ref, rule, evidence, owners, claims }) => {
        const all = new Set([...owners, ...claims]);
        return {
          service: ref,
          ...(rule && { rule, ...toldEvidence(evidence) }),
          owners: owners.filter(one => seen.has(one)),
          claims: claims.filter(one => seen.has(one) && !owners.includes(one)),
          hidden: [...all].filter(one => !seen.has(one)).length,
        };
      }),
      ...(from + limit < rows.length && { next: cursorOf(page.at(-1)!) }),
    };
    response.set('Cache-Control', 'no-store').json(answer);
  });
  return router;
}

function keyOf({ ref: { cluster, namespace, name } }: Ownership): string {
  return `${cluster}/${namespace}/${name}`;
}

function cursorOf(row: Ownership): string {
  return Buffer.from(keyOf(row)).toString('base64url');
}

/** Where the rows after a cursor begin, also when its own row is gone. */
function positionIn(rows: readonly Ownership[], cursor: string): number {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (!/^[^/]+\/[^/]+\/[^/]+$/.test(key)) {
    throw worded(InputError, wording('request.cursor'));
  }
  const index = rows.findIndex(row => keyOf(row).localeCompare(key) > 0);
  return index < 0 ? rows.length : index;
}
