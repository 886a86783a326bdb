import type { AuthSettings } from '../config/settings';

/** The header by which a request signs in; none where nothing is needed. */
export function authorizationHeader(
  auth: AuthSettings,
): Record<string, string> {
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
