import { Request } from 'express';

/** Who may do what at the Git host. */
export interface GitTokens {
  writer: string;
  reader: string;
}

export const defaultGitTokens: GitTokens = {
  writer: 'sandbox-git-writer',
  reader: 'sandbox-git-reader',
};

/** @returns what a request's token permits; undefined: it has none that is known */
export function gitRightsOf(
  request: Request,
  tokens: GitTokens,
): 'write' | 'read' | undefined {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
  const token =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(value, 'base64').toString().split(':').at(-1)
      : value;
  if (token === tokens.writer) {
    return 'write';
  }
  return token === tokens.reader ? 'read' : undefined;
}
