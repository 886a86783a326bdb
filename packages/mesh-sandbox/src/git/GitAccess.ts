import { Request } from 'express';

/** Who may do what at the Git host. */
export interface GitTokens {
  writer: string;
  reader: string;
  /** May say what the writer may do, and which branches are protected. */
  admin: string;
}

const RIGHTS = ['read', 'write', 'admin'] as const;

/** Who asks, and what they may do now. */
export class GitAccess {
  readonly tokens: GitTokens = {
    writer: 'sandbox-git-writer',
    reader: 'sandbox-git-reader',
    admin: 'sandbox-git-admin',
  };
  /** Taken from the writer, as an administrator does it while others go on. */
  writerMayOnlyRead = false;

  /** @returns whether a request's token permits it; undefined: it has none that is known */
  permits(
    request: Request,
    wanted: (typeof RIGHTS)[number],
  ): boolean | undefined {
    const rights = this.#rightsOf(tokenOf(request));
    return rights && RIGHTS.indexOf(rights) >= RIGHTS.indexOf(wanted);
  }

  #rightsOf(token: string): (typeof RIGHTS)[number] | undefined {
    switch (token) {
      case this.tokens.admin:
        return 'admin';
      case this.tokens.writer:
        return this.writerMayOnlyRead ? 'read' : 'write';
      case this.tokens.reader:
        return 'read';
      default:
        return undefined;
    }
  }
}

/** As Git sends it, the password, or as a program does. */
function tokenOf({ headers }: Request): string {
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
  return scheme.toLowerCase() === 'basic'
    ? (Buffer.from(value, 'base64').toString().split(':').at(-1) ?? '')
    : value;
}
