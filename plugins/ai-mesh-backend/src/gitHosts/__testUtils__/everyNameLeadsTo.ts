import * as http from 'http';
import * as https from 'https';
import { connect } from 'net';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';

/**
 * Every host name leads to a port of this machine, without TLS: some hosts have addresses that no configuration can change.
 *
 * @returns the names that a connection was wanted to
 */
export function everyNameLeadsTo(port: () => number): string[] {
  const connected: string[] = [];
  const usual = getGlobalDispatcher();
  let agent: Agent;

  beforeEach(() => {
    connected.length = 0;
    agent = new Agent({
      // None is kept, so that each request shows where it goes.
      pipelining: 0,
      connect({ hostname }, done) {
        connected.push(hostname);
        const socket = connect(port(), '127.0.0.1');
        socket.once('connect', () => done(null, socket));
        socket.once('error', error => done(error, null));
      },
    });
    setGlobalDispatcher(agent);
  });

  afterEach(async () => {
    setGlobalDispatcher(usual);
    await agent.destroy();
  });

  return connected;
}

/**
 * As {@link everyNameLeadsTo}, for libraries that use Node's own client, and for these names alone. It stays so when the
 * tests are over: some libraries try again long after nobody waits for them any more, and must not reach the real hosts.
 */
export function namesLeadTo(names: string[], port: () => number): void {
  beforeAll(() => {
    const here = port();
    for (const client of [http.Agent.prototype, https.Agent.prototype]) {
      const usual = client.createConnection;
      client.createConnection = function lead(options, ...rest) {
        const { host } = options as { host?: string };
        return names.includes(host!)
          ? connect(here, '127.0.0.1')
          : usual.call(this, options, ...rest);
      };
    }
  });
}
