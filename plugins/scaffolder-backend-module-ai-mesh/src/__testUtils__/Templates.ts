import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { slosSchema, type Slos } from '@ai-mesh/plugin-ai-mesh-common';
import aiMesh from '@ai-mesh/plugin-ai-mesh-backend';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  scaffolderActionsExtensionPoint,
  type ActionContext,
  type TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { stringify } from 'yaml';
import { scaffolderModuleAiMesh } from '../module';

const mayDo: Record<string, string[]> = {
  olivia: [
    'ai-mesh.read',
    'ai-mesh.fix.request',
    'ai-mesh.canary.request',
    'ai-mesh.canary.control',
  ],
  adam: ['ai-mesh.read', 'ai-mesh.canary.approve'],
  rita: ['ai-mesh.read'],
};

export type Person = 'olivia' | 'adam' | 'rita';

/** What a step did: what it put out, and what it logged. */
export interface StepResult {
  output: Record<string, JsonValue>;
  log: string[];
}

/** The scaffolder's side of a portal whose AI Mesh watches a sandbox: runs steps of templates as somebody. */
export class Templates {
  readonly #actions = new Map<string, TemplateAction<any, any>>();
  #backend!: TestBackend;
  #sandbox!: RunningSandbox;

  static async start(entities: Entity[]): Promise<Templates> {
    const templates = new Templates();
    await templates.#start(entities);
    return templates;
  }

  async #start(entities: Entity[]): Promise<void> {
    this.#sandbox = await startSandbox();
    this.#backend = await startTestBackend({
      extensionPoints: [
        [
          scaffolderActionsExtensionPoint,
          {
            addActions: (...actions: TemplateAction<any, any>[]) =>
              actions.forEach(action => this.#actions.set(action.id, action)),
          },
        ],
      ],
      features: [
        aiMesh,
        scaffolderModuleAiMesh,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({ data: this.#config() }),
        mockServices.permissions.mock({
          authorize: (async (
            asked: { permission: { name: string } }[],
            {
              credentials,
            }: { credentials: { principal: { userEntityRef: string } } },
          ) => {
            const person = credentials.principal.userEntityRef.split('/')[1];
            return asked.map(({ permission }) => ({
              result: mayDo[person]?.includes(permission.name)
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            }));
          }) as never,
        }).factory,
      ],
    });
  }

  #config(): JsonObject {
    return {
      aiMesh: {
        clusters: [
          {
            name: 'shop',
            kubernetes: {
              url: this.#sandbox.kubernetes,
              serviceAccountToken: this.#sandbox.tokens.writer,
            },
            allowWrites: true,
          },
        ],
        ownership: {
          namespaces: [
            { namespace: 'ai-services', owner: 'group:default/ai-team' },
          ],
        },
      },
    };
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
    await this.#sandbox?.stop();
  }

  action(id: string): TemplateAction<any, any> {
    return this.#actions.get(id)!;
  }

  get ids(): string[] {
    return [...this.#actions.keys()];
  }

  /** Runs one step; throws what it throws. */
  async run(
    id: string,
    person: Person,
    input: JsonObject,
    more: Partial<ActionContext<any, any>> = {},
  ): Promise<StepResult> {
    const output: Record<string, JsonValue> = {};
    const log: string[] = [];
    const say = (message: string) => {
      log.push(message);
    };
    const logger = mockServices.logger.mock({
      info: say,
      warn: say,
      error: say,
    });
    await this.action(id).handler({
      ...createMockActionContext({ input, logger }),
      getInitiatorCredentials: async () =>
        mockCredentials.user(`user:default/${person}`),
      output: (name, value) => {
        output[String(name)] = value;
      },
      ...more,
    });
    return { output, log };
  }

  /** The objectives of a component, as the portal reads them. */
  async slos(name: string): Promise<Slos> {
    const answer = await fetch(
      `http://localhost:${this.#backend.server.port()}/api/ai-mesh/v1/entities/component/default/${name}/slos`,
      {
        headers: {
          Authorization: mockCredentials.user.header('user:default/rita'),
        },
      },
    );
    return slosSchema.parse(await answer.json());
  }

  /** The chat's routes as somebody would keep them in Git. */
  async virtualService(): Promise<string> {
    const answer = await fetch(
      `${this.#sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
      { headers: { Authorization: `Bearer ${this.#sandbox.tokens.reader}` } },
    );
    const { apiVersion, kind, metadata, spec } = await answer.json();
    const { name, namespace } = metadata;
    return stringify(
      { apiVersion, kind, metadata: { name, namespace }, spec },
      { lineWidth: 0 },
    );
  }

  /** What a person does in the portal. */
  async act(person: Person, id: string, action: string): Promise<void> {
    const url = `http://localhost:${this.#backend.server.port()}/api/ai-mesh/v1/canaries/${id}`;
    const headers = {
      Authorization: mockCredentials.user.header(`user:default/${person}`),
      'Content-Type': 'application/json',
    };
    const { version } = await (await fetch(url, { headers })).json();
    const answer = await fetch(`${url}/actions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ action, version, reason: 'because' }),
    });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
  }
}

/** A component of the AI team's. */
export function component(
  name: string,
  annotations: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner: 'ai-team' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/ai-team' }],
  };
}
