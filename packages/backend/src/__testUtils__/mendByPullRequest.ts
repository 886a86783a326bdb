import {
  reviewSchema,
  type Finding,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from './Demo';
import { runTemplate, type EndedTask } from './runTemplate';

interface Git {
  apiBaseUrl: string;
  repository: string;
  source: string;
  tokens: { writer: string };
}

const entityRef = 'component:default/ai-chat-service';

/**
 * Goes the whole way of the chat service's findings of a code: the template that the review's button opens, the pull request, its merge,
 * the deployment of that, and until the review has it no more. Gives the template's task at its end.
 */
export async function mendByPullRequest(
  demo: Demo,
  code: string,
): Promise<EndedTask> {
  const { git } = demo.written<{ git: Git }>('demo.json');
  const token = await demo.tokenOf('owner');
  const review = async (): Promise<Review> =>
    reviewSchema.parse(await demo.view('ai-chat-service', 'review', token));
  const found = (findings: Finding[]) =>
    findings.filter(finding => finding.code === code);
  const findings = found((await review()).findings);
  for (const { fix } of findings) {
    expect(fix?.source).toMatchObject({
      status: 'known',
      knownBy: 'annotation',
      repository: git.source,
    });
  }
  const [finding] = findings;
  const task = await runTemplate(demo, 'owner', 'mend-findings', {
    entityRef,
    findings: findings.map(({ id }) => id),
    repository: git.source,
  });
  if (task.status !== 'completed') {
    return task;
  }
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(
      `${git.apiBaseUrl}/repos/${git.repository}${path}`,
      { ...init, headers: { authorization: `token ${git.tokens.writer}` } },
    );
    expect(answer.status).toBe(200);
    return answer;
  };
  const file = `/contents/shop/${finding.object.name}.yaml`;
  const number = task.output!.request;
  const request = (await (await ask(`/pulls/${number}`)).json()) as {
    title: string;
    body: string;
    head: { ref: string };
  };
  expect(request.title).toBe(`Mend ${code} of ${entityRef}`);
  expect(request.body).toContain(`### ${code} (${finding.severity}): `);
  const before = (await (await ask(`${file}?ref=main`)).text()).split('\n');
  const after = (await (await ask(`${file}?ref=${request.head.ref}`)).text())
    // Comments, order and quotes are those of before: what is new are the lines that the fix changes.
    .split('\n');
  const added = after.filter(line => !before.includes(line));
  const kept = after.filter(line => before.includes(line));
  expect(added.length).toBeGreaterThan(0);
  expect(added.length).toBeLessThan(5);
  expect(kept.filter(line => line.includes('#'))).toEqual(
    before.filter(line => line.includes('#')),
  );
  // Nothing is deployed before it is merged.
  const open = await review();
  expect(found(open.findings)).toHaveLength(findings.length);
  expect(standing(open)).toEqual(['open', ...findings.map(() => 'found')]);
  await ask(`/pulls/${number}/merge`, { method: 'PUT' });
  const mended = ['merged', ...findings.map(() => 'gone')];
  for (let attempt = 0; attempt < 60; attempt++) {
    const now = await review();
    if (String(standing(now)) === String(mended)) {
      expect(found(now.findings)).toEqual([]);
      return task;
    }
    await sleep(500);
  }
  throw new Error(
    `30 s after the merge it is ${standing(await review())}, not ${mended}`,
  );
}

/** What the review says of its newest pull request: its state at the host, and how each finding stands in the cluster. */
function standing({ requests }: Review): string[] {
  return requests!
    .slice(0, 1)
    .flatMap(({ state, findings }) => [
      state.status === 'known' ? state.value : state.reason,
      ...findings.map(finding => finding.standing),
    ]);
}
