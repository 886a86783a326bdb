import { InputError } from '@backstage/errors';
import parseGitUrl from 'git-url-parse';

/** Where a folder of a repository is, as publish steps are told it. */
export interface RepositoryFolder {
  /** `github.com?owner=acme&repo=deployments` */
  repoUrl: string;
  /** Absent: the repository's root. */
  path?: string;
  /** Absent: the repository's default. */
  branch?: string;
}

/**
 * @param url - the folder's page, as `fetch:plain` takes it
 * @throws InputError where it names no repository
 */
export function repositoryFolder(url: string): RepositoryFolder {
  const example = 'https://github.com/acme/deployments/tree/main/chat';
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new InputError(
      `The repository has to be the URL of a folder, such as ${example}.`,
    );
  }
  const { owner, name, ref, filepath, filepathtype } = parseGitUrl(url);
  if (!owner || !name) {
    throw new InputError(
      `${url} names no repository: take the URL of a folder, such as ${example}.`,
    );
  }
  if (filepathtype === 'blob') {
    throw new InputError(
      `${url} is the page of one file: take its folder's, such as ${example}.`,
    );
  }
  return {
    repoUrl: `${new URL(url).host}?${new URLSearchParams({ owner, repo: name })}`,
    ...(filepath && { path: filepath }),
    ...(ref && { branch: ref }),
  };
}
