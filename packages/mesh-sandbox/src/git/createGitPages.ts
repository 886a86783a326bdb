import express, { Response, Router } from 'express';
import { NotMergeable, PullRequest, PullRequests } from './PullRequests';
import { MAIN, Repository } from './Repository';

export interface GitPagesOptions {
  title: string;
  repository: Repository;
  requests: PullRequests;
}

/** The repository and its pull requests, to read and to merge by hand. Plain HTML. */
export function createGitPages({
  title,
  repository,
  requests,
}: GitPagesOptions): Router {
  const router = express.Router();
  router.get(['/', '/tree/*', '/blob/*'], async (_, response) => {
    const files = await repository.files(MAIN);
    const rows = requests
      .list()
      .map(
        one =>
          `<li><a href="/${escape(title)}/pull/${one.number}">#${one.number} ${escape(one.title)}</a> (${stateOf(one)})</li>`,
      )
      .join('\n');
    page(
      response,
      title,
      `<h2>Pull requests</h2><ul>${rows || '<li>none</li>'}</ul>
<h2>Files</h2>${[...files]
        .map(
          ([name, text]) =>
            `<details><summary>${escape(name)}</summary><pre>${escape(text)}</pre></details>`,
        )
        .join('\n')}`,
    );
  });
  router.get('/pull/:number', async (request, response) => {
    const found = requests.get(Number(request.params.number));
    if (!found) {
      response.status(404).type('text/plain').send('no such pull request\n');
      return;
    }
    const diff = await repository.diff(found.base, found.head);
    const button = (action: string, text: string) =>
      `<form method="post" action="/${escape(title)}/pull/${found.number}/${action}"><button type="submit">${text}</button></form>`;
    page(
      response,
      `#${found.number} ${found.title}`,
      `<p>${stateOf(found)}: ${escape(found.head)} into ${escape(found.base)}</p>
${found.state === 'open' ? button('merge', 'Merge') + button('close', 'Close') : ''}
<h2>What it says</h2><pre>${escape(found.body)}</pre>
<h2>What it changes</h2><pre>${escape(diff)}</pre>`,
    );
  });
  router.post(
    '/pull/:number/:action(merge|close)',
    async (request, response) => {
      const found = requests.get(Number(request.params.number));
      if (!found) {
        response.status(404).type('text/plain').send('no such pull request\n');
        return;
      }
      try {
        if (request.params.action === 'merge') {
          await requests.merge(found);
        } else {
          requests.close(found);
        }
        response.redirect(303, `/${title}/pull/${found.number}`);
      } catch (error) {
        if (!(error instanceof NotMergeable)) {
          throw error;
        }
        response.status(409).type('text/plain').send(`${error.message}\n`);
      }
    },
  );
  return router;
}

function stateOf({ state, mergedAt }: PullRequest): string {
  return mergedAt ? 'merged' : state;
}

function page(response: Response, title: string, body: string): void {
  response
    .type('html')
    .set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    ).send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  pre { overflow-x: auto; white-space: pre-wrap; }
  form { display: inline-block; margin-right: 0.5rem; }
  button { font: inherit; padding: 0.4rem 0.8rem; cursor: pointer; }
</style>
</head>
<body><main><h1>${escape(title)}</h1>
${body}
</main></body>
</html>
`);
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
