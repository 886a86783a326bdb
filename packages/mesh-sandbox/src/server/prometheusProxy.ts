import { RequestHandler } from 'express';
import { request as httpRequest } from 'http';
import { request as httpsRequest } from 'https';

/** Headers that belong to one connection and not to the message. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Passes requests on to one Prometheus, so that the sandbox can make it go away. */
export function prometheusProxy(upstream: string): RequestHandler {
  const base = new URL(upstream);
  const send = base.protocol === 'https:' ? httpsRequest : httpRequest;
  return (request, response) => {
    // `request.url` starts with a slash and replaces no part of the origin: the target stays the one upstream.
    const path = `${base.pathname.replace(/\/$/, '')}${request.url}`;
    const headers = { ...request.headers, host: base.host };
    HOP_BY_HOP.forEach(name => delete headers[name as keyof typeof headers]);
    const outgoing = send(
      {
        protocol: base.protocol,
        hostname: base.hostname,
        port: base.port,
        method: request.method,
        path,
        headers,
      },
      incoming => {
        response.status(incoming.statusCode ?? 502);
        for (const [name, value] of Object.entries(incoming.headers)) {
          if (value !== undefined && !HOP_BY_HOP.includes(name)) {
            response.setHeader(name, value);
          }
        }
        incoming.pipe(response);
        incoming.on('error', () => response.destroy());
      },
    );
    outgoing.on('error', error => {
      if (response.headersSent) {
        response.destroy();
      } else {
        response
          .status(502)
          .type('text/plain')
          .send(
            `Prometheus at ${base.origin} does not answer: ${error.message}\n`,
          );
      }
    });
    response.on('close', () => outgoing.destroy());
    request.pipe(outgoing);
  };
}
