import type { RunningSandbox } from '@ai-mesh/mesh-sandbox/testing';
import aiMesh from '@ai-mesh/plugin-ai-mesh-backend';
import {
  reviewSchema,
  type Finding,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import scaffolderModuleAiMesh from '@ai-mesh/plugin-scaffolder-backend-module-ai-mesh';
import type { ServiceFactory } from '@backstage/backend-plugin-api';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import scaffolderModuleGithub from '@backstage/plugin-scaffolder-backend-module-github';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';

export const chat = 'component:default/ai-chat-service';

const owner = 'group:default/ai-platform';

/** The demo's software templates. */
export function demoTemplates(): any[] {
  const text = readFileSync(join(__dirname, '../../demo/templates.yaml'));
  return parseAllDocuments(text.toString()).map(document => {
    const template = document.toJS();
    template.metadata.namespace = 'default';
    return template;
  });
}

/** A portal with the scaffolder and its own step for GitHub, whose templates propose fixes at the sandbox's Git host. */
export class GitPortal {
  private constructor(
    private readonly backend: TestBackend,
    private readonly sandbox: RunningSandbox,
  ) {}

  /**
   * @param token - of the Git host's, that the portal has
   * @param more - another address of the Git host's API, and what the backend has besides
   */
  static async start(
    sandbox: RunningSandbox,
    token: string,
    templates: Entity[] = demoTemplates(),
    more: {
      apiBaseUrl?: string;
      features?: (typeof aiMesh | ServiceFactory)[];
    } = {},
  ): Promise<GitPortal> {
    const git = {
      ...sandbox.git!,
      apiBaseUrl: more.apiBaseUrl ?? sandbox.git!.apiBaseUrl,
    };
    const backend = await startTestBackend({
      features: [
        aiMesh,
        scaffolder,
        scaffolderModuleGithub,
        scaffolderModuleAiMesh,
        ...(more.features ?? []),
        // What became of a request is asked again and again.
        schedulerServiceFactory,
        catalogServiceMock.factory({
          entities: [component('ai-chat-service'), ...templates],
        }),
        mockServices.rootConfig.factory({
          data: {
            backend: { reading: { allow: [{ host: git.host }] } },
            integrations: {
              github: [{ host: git.host, apiBaseUrl: git.apiBaseUrl, token }],
            },
            aiMesh: {
              clusters: [
                {
                  name: 'demo',
                  kubernetes: {
                    url: sandbox.kubernetes,
                    serviceAccountToken: sandbox.tokens.reader,
                  },
                },
              ],
              fixes: { period: '1s' },
              ownership: { namespaces: [{ namespace: 'ai-services', owner }] },
            },
          },
        }),
      ],
    });
    return new GitPortal(backend, sandbox);
  }

  async stop(): Promise<void> {
    await this.backend.stop();
  }

  async review(): Promise<Review> {
    return reviewSchema.parse(
      await this.ask(
        '/ai-mesh/v1/entities/component/default/ai-chat-service/review',
      ),
    );
  }

  async findings(code: string): Promise<Finding[]> {
    return (await this.review()).findings.filter(one => one.code === code);
  }

  /** Runs a template to its end: how it ended, with the words of what failed, and all that the scaffolder answers of it. */
  async run(
    template: string,
    values: object,
    secrets: Record<string, string> = {},
  ): Promise<{ id: string; status: string; said: string; answers: unknown }> {
    const { id } = await this.ask('/scaffolder/v2/tasks', {
      templateRef: `template:default/${template}`,
      values,
      secrets,
    });
    for (let attempt = 0; attempt < 120; attempt++) {
      const task = await this.ask(`/scaffolder/v2/tasks/${id}`);
      const { status } = task;
      if (status !== 'processing' && status !== 'open') {
        const events = await this.ask(`/scaffolder/v2/tasks/${id}/events`);
        return {
          id,
          status,
          said: events.map((one: any) => one.body.message).join('\n'),
          answers: [task, events],
        };
      }
      await sleep(250);
    }
    throw new Error('The task did not end within 30 s');
  }

  /** Proposes the fix of some findings by the demo's template. */
  async mend(findings: readonly Finding[], template = 'mend-findings') {
    return this.run(template, {
      entityRef: chat,
      findings: findings.map(({ id }) => id),
      repository: this.sandbox.git!.source,
    });
  }

  private async ask(path: string, body?: object): Promise<any> {
    const answer = await fetch(
      `http://localhost:${this.backend.server.port()}/api${path}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header('user:default/olivia'),
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      },
    );
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    return answer.json();
  }
}

function component(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace: 'default',
      name,
      annotations: { 'ai-mesh.io/service': `ai-services/${name}` },
    },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}
