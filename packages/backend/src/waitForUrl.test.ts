import { inNode } from './__testUtils__/inNode';

/** What comes of waiting for a server that first gives these answers, and then the last of them for ever. */
function waiting(
  answers: readonly number[],
  seconds: number,
  gaveUp = 'false',
) {
  return inNode<string>(
    'waitForUrl',
    `await (async () => {
      const { createServer } = await import('node:http');
      const answers = ${JSON.stringify(answers)};
      const server = createServer((_, response) => {
        response.statusCode = answers.length > 1 ? answers.shift() : answers[0];
        response.end();
      });
      await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
      const what = { what: 'the portal', log: 'portal.log', seconds: ${seconds}, gaveUp: () => ${gaveUp} };
      try {
        await script.waitForUrl('http://127.0.0.1:' + server.address().port, what);
        return 'it answers';
      } catch (error) {
        return error.message;
      } finally {
        server.close();
        server.closeAllConnections();
      }
    })()`,
  );
}

it('waits for a portal for as long as it starts', () => {
  expect(waiting([503, 503, 200], 60)).toBe('it answers');
});

it('says of one that does not come up what it answered last, and where its log is', () => {
  expect(waiting([503], 1)).toBe(
    'the portal did not answer within 1 s (HTTP 503); see portal.log',
  );
});

it('waits no longer for one that has ended', () => {
  expect(waiting([503], 60, 'true')).toBe(
    'the portal did not start; see portal.log',
  );
});
