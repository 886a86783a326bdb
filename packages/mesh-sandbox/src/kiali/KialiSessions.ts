import { randomBytes } from 'crypto';
import { Request, RequestHandler } from 'express';
import express, { Router } from 'express';
import { Access } from '../kubernetes';
import { KialiVersion } from './KialiVersion';

export type KialiStrategy = 'anonymous' | 'token';

const SESSION_HOURS = 24;

export interface KialiSessionsOptions {
  strategy: KialiStrategy;
  version: KialiVersion;
  cluster: string;
  /** Says who a token stands for. */
  access: Access;
}

/** Who is logged in to Kiali: by a token that is exchanged for a cookie, or nobody at all has to be. */
export class KialiSessions {
  private readonly sessions = new Map<string, string>();

  constructor(private readonly options: KialiSessionsOptions) {}

  /** Ends all sessions, as a restart of Kiali does. */
  end(): void {
    this.sessions.clear();
  }

  /** The open routes: what the strategy is, and logging in. */
  routes(): Router {
    const { strategy } = this.options;
    const router = express.Router();
    router.get('/auth/info', (request, response) => {
      const username = this.userOf(request);
      response.json({
        strategy,
        sessionInfo: username ? { username } : {},
        authorizationEndpoint: '',
        logoutEndpoint: '',
        logoutRedirect: '',
      });
    });
    router.post(
      '/authenticate',
      express.urlencoded({ extended: false }),
      (request, response) => {
        if (strategy === 'anonymous') {
          response.status(500).json({
            error: 'authentication is not possible with strategy anonymous',
          });
          return;
        }
        this.logIn(request, response);
      },
    );
    return router;
  }

  /** Everything else needs a session. */
  required(): RequestHandler {
    return (request, response, next) => {
      if (this.options.strategy === 'anonymous' || this.userOf(request)) {
        next();
      } else {
        response
          .status(401)
          .type('text/plain')
          .send('Unauthorized: the session has expired or there is none\n');
      }
    };
  }

  private logIn(
    request: Request,
    response: Parameters<RequestHandler>[1],
  ): void {
    const { access, version, cluster } = this.options;
    const user = access.authenticate(`Bearer ${request.body?.token ?? ''}`);
    if (!user) {
      response.status(401).json({
        error: 'token is not valid or is expired',
        detail: 'the cluster does not know this token',
      });
      return;
    }
    const mayLook = access.may(user, {
      verb: 'list',
      group: '',
      resource: 'namespaces',
    });
    if (!mayLook) {
      response.status(403).json({
        error: 'not enough privileges to login',
        detail: `${user.name} can list no namespace`,
      });
      return;
    }
    const id = randomBytes(24).toString('base64url');
    this.sessions.set(id, user.name);
    const expiresOn = new Date(Date.now() + SESSION_HOURS * 3_600_000);
    response.cookie(version.cookieName(cluster), id, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/kiali',
      expires: expiresOn,
    });
    response.json({ username: user.name, expiresOn: expiresOn.toISOString() });
  }

  private userOf(request: Request): string | undefined {
    const name = this.options.version.cookieName(this.options.cluster);
    for (const part of (request.headers.cookie ?? '').split(';')) {
      const [key, value] = part.trim().split('=', 2);
      if (key === name) {
        return this.sessions.get(value);
      }
    }
    return undefined;
  }
}
