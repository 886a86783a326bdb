import http from 'node:http';
import https from 'node:https';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** Connections are kept, as a browser keeps them. */
const AGENTS = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

/**
 * Asks as a browser does, and is done with the answer's last byte: to unpack and to read it is the work of who asks, and
 * not the server's, whose time this is for.
 *
 * @returns `{ status, headers, text }`, where `text` unpacks the body when it is called
 */
export async function lastByte(url, { headers, body } = {}) {
  const { protocol } = new URL(url);
  const client = protocol === 'https:' ? https : http;
  const answer = await new Promise((resolve, reject) =>
    client
      .request(
        url,
        {
          agent: AGENTS[protocol],
          method: body ? 'POST' : 'GET',
          headers: {
            'accept-encoding': 'gzip',
            ...(body && { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        resolve,
      )
      .on('error', reject)
      .end(body && JSON.stringify(body)),
  );
  const bytes = await buffer(answer);
  const isPacked = answer.headers['content-encoding'] === 'gzip';
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: () => (isPacked ? gunzipSync(bytes) : bytes).toString(),
  };
}
