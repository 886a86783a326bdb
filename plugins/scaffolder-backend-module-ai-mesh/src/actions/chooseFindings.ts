import {
  findingSeveritySchema,
  type Finding,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, InputError } from '@backstage/errors';
import { requireProof } from './requireProof';

const severities = findingSeveritySchema.options;

/** Which findings are to be mended. */
export interface WantedFindings {
  entityRef?: string;
  /** Several entities, instead of entityRef. */
  entityRefs?: string[];
  /** Ids; instead of codes. */
  findings?: string[];
  codes?: string[];
}

/** The findings of one entity that are to be mended. */
export interface EntityFindings {
  entityRef: string;
  findings: Finding[];
}

/**
 * The entities whose reviews are to be read.
 *
 * @throws InputError where it is not said clearly which findings are meant
 */
export function entitiesOf(wanted: WantedFindings): string[] {
  const { entityRef, entityRefs, findings, codes } = wanted;
  if ((findings === undefined) === (codes === undefined)) {
    throw new InputError('Give one of findings and codes.');
  }
  if ((entityRef === undefined) === (entityRefs === undefined)) {
    throw new InputError('Give one of entityRef and entityRefs.');
  }
  return [...new Set(entityRefs ?? [entityRef!])];
}

/**
 * The findings that are meant, worst first, so that of two which change one line the worse is mended; each once, also where
 * several of the entities have it.
 *
 * @throws ConflictError where there is nothing to mend, or a finding is gone
 * @throws NotAllowedError where a Service is not provably the entity's
 */
export function chooseFindings(
  reviews: readonly Review[],
  { findings: ids, codes }: WantedFindings,
): EntityFindings[] {
  const all = reviews.flatMap(({ findings }) => findings);
  const gone = ids?.filter(id => !all.some(one => one.id === id)) ?? [];
  if (gone.length > 0) {
    throw new ConflictError(
      `The review does not have the finding ${gone.join(', ')} any more: look at it again.`,
    );
  }
  const taken = new Set<string>();
  const chosen = reviews.map(review => {
    const findings = review.findings
      .filter(
        ({ id, code, suppressedBy }) =>
          !taken.has(id) &&
          (ids?.includes(id) || (codes?.includes(code) && !suppressedBy)),
      )
      .sort(
        (a, b) =>
          severities.indexOf(a.severity) - severities.indexOf(b.severity),
      );
    findings.forEach(({ id }) => taken.add(id));
    requireProof(
      findings.map(({ service }) => service),
      review,
    );
    return { entityRef: review.entityRef, findings };
  });
  if (taken.size === 0) {
    throw new ConflictError(
      `The review has no finding of ${codes?.join(', ')}: there is nothing to mend.`,
    );
  }
  return chosen.filter(({ findings }) => findings.length > 0);
}
