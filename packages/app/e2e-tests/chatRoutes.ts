import { expect } from '@playwright/test';
import { demo } from './portal';

const authorization = 'Bearer sandbox-writer';

const virtualService = () =>
  `${demo().kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`;

interface Routes {
  metadata: { resourceVersion: string };
  spec: object;
}

/** The chat service's VirtualService as the API server has it. */
export async function chatRoutes(): Promise<Routes> {
  const answer = await fetch(virtualService(), { headers: { authorization } });
  return answer.json();
}

/** What `kubectl edit` would do to it; the Kubernetes API takes the same where kubectl is not. */
export async function editChatRoutes(
  patch: { op: 'add' | 'replace'; path: string; value: unknown }[],
) {
  await write('PATCH', 'application/json-patch+json', patch);
}

export async function setChatWeights(v1: number, v2: number) {
  await editChatRoutes([
    { op: 'replace', path: '/spec/http/2/route/0/weight', value: v1 },
    { op: 'replace', path: '/spec/http/2/route/1/weight', value: v2 },
  ]);
}

/** Changes the routes and writes them as they were before, also where that fails: whoever tries again begins as the first did. */
export async function withChatRoutes(change: () => Promise<void>) {
  const before = await chatRoutes();
  try {
    await change();
  } finally {
    const { resourceVersion } = (await chatRoutes()).metadata;
    const metadata = { ...before.metadata, resourceVersion };
    await write('PUT', 'application/json', { ...before, metadata });
  }
}

async function write(method: 'PATCH' | 'PUT', type: string, body: object) {
  const answer = await fetch(virtualService(), {
    method,
    headers: { authorization, 'content-type': type },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
}
