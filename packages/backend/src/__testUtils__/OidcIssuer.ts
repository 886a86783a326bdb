import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEY_ID = 'of-today';

/** Signs tokens for pipelines as a CI's own OpenID provider does, and says by which key. */
export class OidcIssuer {
  private constructor(
    private readonly server: Server,
    private readonly privateKey: KeyObject,
  ) {}

  static async start(): Promise<OidcIssuer> {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
    });
    const key = {
      ...publicKey.export({ format: 'jwk' }),
      kid: KEY_ID,
      alg: 'RS256',
      use: 'sig',
    };
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: [key] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OidcIssuer(server, privateKey);
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** @param lifetimeSeconds - a pipeline's lives some minutes */
  token(claims: { sub: string; aud: string }, lifetimeSeconds = 300): string {
    const now = Math.floor(Date.now() / 1000);
    const signed = [
      { alg: 'RS256', kid: KEY_ID, typ: 'JWT' },
      { ...claims, iss: this.url, iat: now, exp: now + lifetimeSeconds },
    ]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('sha256', Buffer.from(signed), this.privateKey);
    return `${signed}.${signature.toString('base64url')}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
  }
}
