import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { IncomingMessage, ServerResponse } from 'http';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;
/** A kubelet asks here by the pod's address. */
const HEALTH = '/.backstage/health/';

/**
 * Answers who asks for this portal by a name of its own: that of `app.baseUrl` or `backend.baseUrl`, or this machine's. A
 * page of a stranger could otherwise point a name of its own at 127.0.0.1, and sign in at the demo, where anybody may be
 * anybody: a browser takes the portal for a part of that page then.
 */
export function ownNamesOnly(config: RootConfigService) {
  const own = new Set(
    ['app.baseUrl', 'backend.baseUrl'].map(
      key => new URL(config.getString(key)).hostname,
    ),
  );
  return (
    { headers, url }: IncomingMessage,
    response: ServerResponse,
    next: () => void,
  ): void => {
    const name = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (LOOPBACK.test(name) || own.has(name) || url?.startsWith(HEALTH)) {
      next();
      return;
    }
    response.writeHead(403, { 'content-type': 'text/plain' });
    response.end(
      'This portal is not known by that name (app.baseUrl, backend.baseUrl).\n',
    );
  };
}
