import {
  inEnglish,
  wording,
  type ServiceOwnership,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { wordingWith } from '../../worded';
import type { Ownership } from './Ownership';

/**
 * Whose a Service is, for somebody who looks at it as one entity's. Entities that the reader may not see are counted,
 * not named.
 */
export function ownershipFor(
  { ref, rule, evidence, owners, claims }: Ownership,
  entityRef: string,
  seen: ReadonlySet<string>,
  withheld: boolean,
): ServiceOwnership {
  const others = (refs: readonly string[]) =>
    refs.filter(one => one !== entityRef);
  const hidden = new Set(
    others([...owners, ...claims]).filter(one => !seen.has(one)),
  );
  return {
    service: ref,
    proven: owners.includes(entityRef),
    ...(rule && { rule, ...toldEvidence(evidence) }),
    owners: others(owners).filter(one => seen.has(one)),
    claims: others(claims).filter(
      one => seen.has(one) && !owners.includes(one),
    ),
    hidden: hidden.size,
    withheld,
  };
}

/** What says whose something is, as an answer tells it. */
export function toldEvidence(
  evidence: Words | undefined,
): Pick<ServiceOwnership, 'evidence' | 'evidenceWords'> {
  return evidence
    ? { evidence: inEnglish([evidence]), evidenceWords: [evidence] }
    : {};
}

/** Why a Service is left out, in one sentence. */
export function whyWithheld({
  service: { namespace, name },
  owners,
  rule,
  evidence = '',
  evidenceWords: [words] = [wording('verbatim', { text: evidence })],
  hidden,
}: ServiceOwnership): Words {
  const service = `${namespace}/${name}`;
  if (rule === undefined) {
    return wording('withheld.unproven', { service });
  }
  if (owners.length > 0) {
    return wordingWith('withheld.others', {
      evidence: words,
      service,
      owners: owners.join(', '),
    });
  }
  return wordingWith(hidden > 0 ? 'withheld.hidden' : 'withheld.notTheirs', {
    evidence: words,
    service,
  });
}
