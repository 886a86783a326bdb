import { refusalOf } from './refusalOf';

it("has the backend's own words as its message", async () => {
  const said = "No entity component:default/chat: look at the catalog's page.";
  const error = await refusalOf(
    Response.json(
      {
        error: { name: 'NotFoundError', message: said },
        response: { statusCode: 404 },
      },
      { status: 404, statusText: 'Not Found' },
    ),
  );
  expect(error).toMatchObject({
    name: 'ResponseError',
    message: said,
    statusCode: 404,
    cause: { name: 'NotFoundError' },
  });
});

it("does not show a proxy's page", async () => {
  const error = await refusalOf(
    new Response('<html><body>Bad gateway</body></html>', {
      status: 502,
      statusText: 'Bad Gateway',
      headers: { 'content-type': 'text/html' },
    }),
  );
  expect(error.message).toBe('Request failed with 502 Bad Gateway');
  expect(error.statusCode).toBe(502);
});

it('says the status where there is no body', async () => {
  const error = await refusalOf(new Response(null, { status: 503 }));
  expect(error.message).toContain('Request failed with 503');
});
