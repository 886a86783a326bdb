import { Request, RequestHandler } from 'express';
import { IncomingHttpHeaders } from 'http';

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Refuses everybody but this machine, and pages of other sites in its browsers. The Host header is checked: a page of a
 * stranger could otherwise reach the sandbox through a name of its own that it points at 127.0.0.1. And the origin is: the
 * page could send a form here, play scenes, and set faults, though it would not see the answer.
 */
export function frontDoor(): RequestHandler {
  return (request, response, next) => {
    const refusal = refuse(request);
    if (refusal === undefined) {
      next();
    } else {
      response.status(403).type('text/plain').send(`${refusal}\n`);
    }
  };
}

function refuse({ socket, headers }: Request): string | undefined {
  const { host = '', origin } = headers;
  if (
    !loopbackAddress.test(socket.remoteAddress ?? '') ||
    !loopbackHost.test(host)
  ) {
    return 'the sandbox answers this machine only, as localhost';
  }
  const isForeign =
    origin === undefined
      ? headers['sec-fetch-site'] === 'cross-site' && !isNavigation(headers)
      : origin !== `http://${host}`;
  return isForeign
    ? 'requests of other pages are refused: open the sandbox’s own page'
    : undefined;
}

/** A link to the sandbox, which only shows something. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate';
}
