import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { setImmediate } from 'timers/promises';
import { reviewSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { attackObjects } from './__testUtils__/attackObjects';
import { InjectingProxy } from './__testUtils__/InjectingProxy';
import { StallProbe } from './__testUtils__/StallProbe';
import {
  clusterOn,
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const LONGEST_STALL_MS = 200;
const LARGEST_ANSWER = 1_000_000;
const VIEWS = [
  'overview',
  'topology',
  'routes',
  'security',
  'security/may-call?cluster=shop&namespace=ai-services&service=ai-chat-service&principal=cluster.local/ns/a/sa/b&port=8080&method=GET&path=/a',
  'review',
  'canaries/options',
];

describe('an object of whoever writes to a namespace', () => {
  let sandbox: RunningSandbox;
  let api: InjectingProxy;
  let portal: Portal;
  const probe = new StallProbe();

  beforeAll(async () => {
    sandbox = await startSandbox();
    api = await InjectingProxy.start(sandbox.kubernetes);
    portal = await startPortal(
      [
        clusterOn(sandbox, {
          kubernetes: {
            url: api.url,
            serviceAccountToken: sandbox.tokens.reader,
          },
        }),
      ],
      [
        component('chat', {
          'ai-mesh.io/service': 'ai-services/ai-chat-service',
        }),
      ],
    );
    // What is loaded once is no stall of a request.
    for (const view of VIEWS) {
      await portal.read(`chat/${view}`);
    }
    probe.start(portal.port);
  });

  afterAll(async () => {
    probe.stop();
    await portal?.stop();
    await api?.stop();
    await sandbox?.stop();
  });

  const tooLarge = /^(a policy of [12]0,000|5,000|10,000|paths|2,000|a header)/;

  async function readAll() {
    const answers: { view: string; text: string }[] = [];
    for (const view of VIEWS) {
      const { status, text } = await portal.read(`chat/${view}`);
      const stall = await probe.stall();
      expect({ view, status }).toEqual({ view, status: 200 });
      expect(text.length).toBeLessThan(LARGEST_ANSWER);
      expect(stall).toBeLessThan(LONGEST_STALL_MS);
      answers.push({ view, text });
    }
    return answers;
  }

  it.each(Object.entries(attackObjects))(
    'of %s costs only itself',
    async (name, { plural, seen, object, copies = 1 }) => {
      const metadata = object.metadata as { name: string };
      const objects = Array.from({ length: copies }, (_, n) => ({
        ...object,
        metadata: {
          ...metadata,
          ...(n > 0 && { name: `${metadata.name}-${n}` }),
        },
      }));
      probe.lap();
      let heard = Infinity;
      for (const one of objects) {
        heard = Math.min(heard, api.tell(plural, 'ADDED', one));
        // An API server is another process: what it takes to tell is no stall of the portal.
        await setImmediate();
      }
      expect(heard).toBeGreaterThan(0);
      // From the moment that it is read.
      const answers = await until(
        readAll,
        all => all.some(({ text }) => text.includes(seen)),
        60_000,
      ).finally(() => {
        for (const one of objects) {
          api.tell(plural, 'DELETED', one);
        }
      });
      const review = answers.find(({ view }) => view === 'review')!.text;
      const { unreadable } = reviewSchema.parse(JSON.parse(review));
      const messages = unreadable.map(({ message }) => message).join('\n');
      expect(messages).toMatch(
        tooLarge.test(name)
          ? /^spec of \w+ ai-services\/hostile should be smaller: it has more than (5000 keys and items|250000 characters)/
          : /^(?!.*smaller)/s,
      );
    },
  );

  it('left the liveness route answering all the time', () => {
    expect(probe.asked).toBeGreaterThan(10);
    expect(probe.unanswered).toBe(0);
  });
});
