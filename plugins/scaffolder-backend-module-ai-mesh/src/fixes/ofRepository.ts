import type { Finding } from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, InputError } from '@backstage/errors';
import { repositoryFolder, type RepositoryFolder } from './repositoryFolder';

/**
 * Sets apart the findings whose objects are known to be kept in another repository: one pull request cannot mend them.
 *
 * @param place - absent: all are taken for this one's
 * @throws ConflictError where all are kept elsewhere
 */
export function ofRepository(
  chosen: readonly { findings: readonly Finding[] }[],
  place: RepositoryFolder | undefined,
): {
  here: Finding[];
  elsewhere: { finding: Finding; repository: string }[];
} {
  const all = chosen.flatMap(({ findings }) => findings);
  const elsewhere = all.flatMap(finding => {
    const repository = place && keptElsewhere(finding, place);
    return repository === undefined ? [] : [{ finding, repository }];
  });
  const here = all.filter(
    one => !elsewhere.some(({ finding }) => finding === one),
  );
  if (here.length === 0) {
    const others = new Set(elsewhere.map(({ repository }) => repository));
    throw new ConflictError(
      `Nothing of it is kept in this repository, but in ${[...others].join(', ')}.`,
    );
  }
  return { here, elsewhere };
}

function keptElsewhere(
  { fix }: Finding,
  { repoUrl }: RepositoryFolder,
): string | undefined {
  const source = fix?.source;
  if (source?.status !== 'known') {
    return undefined;
  }
  const other = repositoryOf(source.repository);
  return other === undefined || other.toLowerCase() === repoUrl.toLowerCase()
    ? undefined
    : source.repository;
}

/** Undefined for an address that is no page, such as one for SSH: then it is looked for in the files. */
function repositoryOf(address: string): string | undefined {
  try {
    return repositoryFolder(address).repoUrl;
  } catch (error) {
    if (error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}
