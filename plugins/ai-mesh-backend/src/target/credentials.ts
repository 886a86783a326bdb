import type { AuthSettings } from '../config/settings';

/** The headers by which requests sign in, and what of them must not be seen. */
export function credentials({
  auth,
  headers,
  tenant,
}: {
  auth: AuthSettings;
  headers: Record<string, string>;
  /** Of Mimir, Thanos, Tempo. */
  tenant?: string;
}): { headers: Record<string, string>; secrets: string[] } {
  const authorization = authorizationOf(auth);
  return {
    headers: {
      ...headers,
      ...(tenant === undefined ? {} : { 'X-Scope-OrgID': tenant }),
      ...authorization,
    },
    secrets: [
      ...Object.values(headers),
      ...Object.values(authorization),
      ...(auth.type === 'bearer' ? [auth.token] : []),
      ...(auth.type === 'basic' ? [auth.password] : []),
    ],
  };
}

function authorizationOf(auth: AuthSettings): Record<string, string> {
  switch (auth.type) {
    case 'bearer':
      return { Authorization: `Bearer ${auth.token}` };
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password}`);
      return { Authorization: `Basic ${pair.toString('base64')}` };
    }
    case 'none':
    default:
      return {};
  }
}
