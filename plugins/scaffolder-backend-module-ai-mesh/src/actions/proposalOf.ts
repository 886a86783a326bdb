import type {
  AiMeshApi,
  AiMeshCanaryApi,
  Finding,
  Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, InputError } from '@backstage/errors';
import type { Change } from '../changes/Change';
import { describeChange } from '../changes/describeChange';
import { ruleFile } from '../changes/ruleFile';
import { strictChanges } from '../changes/strictChanges';
import { weightChange } from '../changes/weightChange';
import { describeFixes } from '../fixes/describeFixes';
import { ofRepository } from '../fixes/ofRepository';
import { planFixes, type FixPlan, type Mendable } from '../fixes/planFixes';
import type { ReadManifests } from '../fixes/readManifests';
import type { RepositoryFolder } from '../fixes/repositoryFolder';
import {
  chooseFindings,
  entitiesOf,
  type EntityFindings,
  type WantedFindings,
} from './chooseFindings';
import { requireProof } from './requireProof';

/** What a pull request is to bring: findings, or one of the others. */
export interface Wanted extends WantedFindings {
  strict?: 'workload' | 'namespace';
  rules?: 'prometheus' | 'operator';
  canary?: string;
  /** With strict and rules. */
  cluster?: string;
}

/** Whom to ask, on whose behalf, and what is in the workspace. */
interface Context {
  client: AiMeshApi;
  canaries: AiMeshCanaryApi;
  signal?: AbortSignal;
  present: ReadManifests;
  place?: RepositoryFolder;
}

/** What a pull request changes, and what it says. */
export interface Proposal {
  /** By their paths from the folder. */
  files: ReadonlyMap<string, string>;
  /** What each is changed for. */
  done: { what: string; file: string }[];
  /** Which findings each entity has no more. */
  mended: { entityRef: string; findings: string[] }[];
  /** What is kept in other repositories. */
  elsewhere: { what: string; repository: string }[];
  title: string;
  description: string;
}

const OTHERS = ['strict', 'rules', 'canary'] as const;

/**
 * Makes a change of what is in the workspace: all that is wanted, or none of it.
 *
 * @throws InputError where it is not said clearly what is wanted
 * @throws ConflictError where a part of it cannot be written, with each reason
 */
export async function proposalOf(
  wanted: Wanted,
  context: Context,
): Promise<Proposal> {
  const { entityRef } = wanted;
  // A form has an empty list of what was left out.
  const [findings, codes] = [wanted.findings, wanted.codes].map(list =>
    list?.length ? list : undefined,
  );
  const [other, more] = OTHERS.filter(kind => wanted[kind] !== undefined);
  if (!other) {
    return ofFindings({ ...wanted, findings, codes }, context);
  }
  if (more || findings || codes) {
    throw new InputError(
      'Give one of findings, codes, strict, rules and canary.',
    );
  }
  if (entityRef === undefined) {
    throw new InputError(`Give entityRef with ${other}.`);
  }
  return ofChange(entityRef, wanted, context);
}

async function ofFindings(
  wanted: Wanted,
  { client, signal, present, place }: Context,
): Promise<Proposal> {
  const reviews: Review[] = [];
  for (const entityRef of entitiesOf(wanted)) {
    reviews.push(await client.review(entityRef, { signal }));
  }
  const chosen = chooseFindings(reviews, wanted);
  const { here, elsewhere } = ofRepository(
    chosen,
    // One entity's findings were chosen for the repository by whoever did.
    wanted.entityRefs && place,
  );
  const plan = planFixes(here, present.files, present.tooLarge);
  requireAll(plan, describe);
  const mended = mendedBy(plan, chosen);
  return {
    files: plan.files,
    done: plan.done.map(({ finding, file }) => ({ what: finding.code, file })),
    mended,
    elsewhere: elsewhere.map(({ finding, repository }) => ({
      what: describe(finding),
      repository,
    })),
    ...describeFixes(
      mended.map(({ entityRef }) => entityRef),
      plan,
    ),
  };
}

async function ofChange(
  entityRef: string,
  { strict, rules, canary, cluster }: Wanted,
  { client, canaries, signal, present }: Context,
): Promise<Proposal> {
  if (rules) {
    const download = await client.sloRules(
      entityRef,
      { format: rules, cluster },
      { signal },
    );
    const files = ruleFile(present.files, entityRef, download);
    return proposalFor(entityRef, 'Record its objectives', {
      files,
      done: [...files.keys()].map(file => ({
        file,
        finding: {
          message: 'Recording and alerting rules of its objectives.',
        },
      })),
    });
  }
  let title: string;
  let changes: Change[];
  if (strict) {
    const security = await client.security(entityRef, { signal });
    const services = security.services.filter(
      ({ service }) => cluster === undefined || service.cluster === cluster,
    );
    requireProof(
      services.map(({ service }) => service),
      security,
    );
    title = 'Take mutual TLS alone';
    changes = strictChanges({ ...security, services }, strict);
  } else {
    const promoted = await canaries.canary(canary!, { signal });
    const routes = await client.routes(entityRef, {}, { signal });
    requireProof([promoted.service], routes);
    title = 'Keep the weights of a promoted canary';
    changes = [weightChange(promoted, routes)];
  }
  const plan = planFixes(changes, present.files, present.tooLarge);
  requireAll(plan, ({ message }) => message);
  return proposalFor(entityRef, title, plan);
}

function proposalFor(
  entityRef: string,
  title: string,
  plan: Pick<FixPlan<Change>, 'files' | 'done'>,
): Proposal {
  return {
    files: plan.files,
    done: plan.done.map(({ finding, file }) => ({
      what: finding.message,
      file,
    })),
    mended: [],
    elsewhere: [],
    ...describeChange(entityRef, title, plan.done),
  };
}

function requireAll<T extends Mendable>(
  { refused }: FixPlan<T>,
  nameOf: (one: T) => string,
): void {
  if (refused.length > 0) {
    throw new ConflictError(
      `Nothing was changed, since not all could be:\n${refused
        .map(({ finding, why }) => `${nameOf(finding)}: ${why}`)
        .join('\n')}`,
    );
  }
}

function describe({ code, object, path }: Finding): string {
  return `${code} of ${object.kind} ${object.name}${path && `, ${path}`}`;
}

function mendedBy({ done }: FixPlan, chosen: readonly EntityFindings[]) {
  const ids = new Set(done.map(({ finding }) => finding.id));
  return chosen
    .map(({ entityRef, findings }) => ({
      entityRef,
      findings: findings.map(({ id }) => id).filter(id => ids.has(id)),
    }))
    .filter(({ findings }) => findings.length > 0);
}
