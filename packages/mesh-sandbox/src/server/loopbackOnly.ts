import { RequestHandler } from 'express';

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Refuses everybody but this machine. The Host header is checked too: a web page of a stranger could otherwise reach
 * the sandbox through a name of its own that it points at 127.0.0.1.
 */
export function loopbackOnly(): RequestHandler {
  return (request, response, next) => {
    const { host = '' } = request.headers;
    if (
      loopbackAddress.test(request.socket.remoteAddress ?? '') &&
      loopbackHost.test(host)
    ) {
      next();
    } else {
      response
        .status(403)
        .type('text/plain')
        .send('the sandbox answers this machine only, as localhost\n');
    }
  };
}
