import { Request } from 'express';

/** Who may do what at the Git host: the tokens of its users, by what they are called there. */
export interface GitTokens {
  writer: string;
  /** Somebody else who may write: a person beside the portal. */
  maintainer: string;
  reader: string;
  /** May say what the writer may do, and which branches are protected. */
  admin: string;
}

const RIGHTS = ['read', 'write', 'admin'] as const;

/** Who asks, and what they may do now. */
export class GitAccess {
  readonly tokens: GitTokens = {
    writer: 'sandbox-git-writer',
    maintainer: 'sandbox-git-maintainer',
    reader: 'sandbox-git-reader',
    admin: 'sandbox-git-admin',
  };
  /** Taken from the writer, as an administrator does it while others go on. */
  writerMayOnlyRead = false;

  /** @returns whose token a request has; undefined: it has none that is known */
  userOf(request: Request): keyof GitTokens | undefined {
    const token = tokenOf(request);
    return (Object.keys(this.tokens) as (keyof GitTokens)[]).find(
      user => this.tokens[user] === token,
    );
  }

  /** @returns whether a request's token permits it; undefined: it has none that is known */
  permits(
    request: Request,
    wanted: (typeof RIGHTS)[number],
  ): boolean | undefined {
    const user = this.userOf(request);
    return (
      user && RIGHTS.indexOf(this.#rightsOf(user)) >= RIGHTS.indexOf(wanted)
    );
  }

  #rightsOf(user: keyof GitTokens): (typeof RIGHTS)[number] {
    switch (user) {
      case 'admin':
        return 'admin';
      case 'reader':
        return 'read';
      case 'writer':
        return this.writerMayOnlyRead ? 'read' : 'write';
      case 'maintainer':
        return 'write';
      default:
        throw new Error(`Nobody is called ${user satisfies never}`);
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
