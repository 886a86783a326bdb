const MOST_CHARACTERS = 2000;
const PROTOCOLS = ['https:', 'http:', 'ssh:', 'git:'];

/**
 * A repository's address, read and written anew: without a user, a password or a token, and of no other protocol than
 * Git's.
 *
 * @returns undefined for what is none
 */
export function repositoryUrl(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) {
    return undefined;
  }
  const [, host, path] =
    /^(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):([\w./~-]+)$/.exec(text) ?? [];
  const written = host ? `ssh://${host}/${path.replace(/^\/+/, '')}` : text;
  if (!URL.canParse(written)) {
    return undefined;
  }
  const url = new URL(written);
  if (!PROTOCOLS.includes(url.protocol) || url.hostname === '') {
    return undefined;
  }
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** The same where a browser can open it. */
export function webPage(repository: string): string | undefined {
  return /^https?:/.test(repository)
    ? repository.replace(/\.git$/, '')
    : undefined;
}

/** A path in a repository; nothing where it is no text that names one. */
export function repositoryPath(text: unknown): string | undefined {
  if (
    typeof text !== 'string' ||
    text.length > MOST_CHARACTERS ||
    /\p{C}/u.test(text)
  ) {
    return undefined;
  }
  const steps = text.split('/').filter(step => step !== '' && step !== '.');
  return steps.includes('..') ? undefined : steps.join('/') || undefined;
}

/** A branch, a tag or a commit. */
export function revision(text: unknown): string | undefined {
  return typeof text === 'string' && /^[\w./+@^~*=<> -]{1,250}$/.test(text)
    ? text
    : undefined;
}
