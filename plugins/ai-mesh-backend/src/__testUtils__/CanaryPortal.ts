import type { RunningSandbox } from '@ai-mesh/mesh-sandbox/testing';
import {
  AiMeshCanaryClient,
  aiMeshEventSchema,
  type AiMeshEvent,
  type Canary,
  type CanaryAction,
  type CanaryDetails,
  type CanaryRequestInput,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  createServiceFactory,
  type BackendFeature,
  type BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import { aiMeshPlugin } from '../plugin';
import { component, until } from './startPortal';

/** What each person may do, beside reading; nobody may see the mesh of what the stranger asks for. */
const mayDo: Record<string, string[]> = {
  olivia: [
    'ai-mesh.read',
    'ai-mesh.canary.request',
    'ai-mesh.canary.control',
    'ai-mesh.fix.request',
    'ai-mesh.fix.apply',
  ],
  adam: [
    'ai-mesh.read',
    'ai-mesh.canary.approve',
    'ai-mesh.canary.request',
    'ai-mesh.fix.apply',
  ],
  carla: ['ai-mesh.read', 'ai-mesh.canary.control', 'ai-mesh.canary.cleanup'],
  rita: ['ai-mesh.read'],
  stranger: [],
};

export type Person =
  'olivia' | 'adam' | 'carla' | 'rita' | 'stranger' | 'mallory' | 'eve';

export interface CanaryPortalOptions {
  clusters: JsonObject[];
  canary?: JsonObject;
  /** More of `aiMesh`. Unless it says otherwise, the namespace ai-services is the AI team's. */
  aiMesh?: JsonObject;
  entities?: Entity[];
  knex?: Knex;
  /** While it says so, the database cannot be had. */
  databaseAway?: () => boolean;
  /** Who may do what on which entity, in place of what {@link mayDo} says of all. */
  policy?: (person: Person, permission: string, entityRef: string) => boolean;
  /** The portal has neither notifications nor signals. */
  bare?: boolean;
  /** More that the portal consists of. */
  features?: BackendFeature[];
  /** `integrations` of the configuration. */
  integrations?: JsonObject;
  /** `backend` of the configuration. */
  backend?: JsonObject;
}

export const chat: Entity = {
  ...component('chat', {
    'ai-mesh.io/service': 'ai-services/ai-chat-service',
  }),
  relations: [{ type: 'ownedBy', targetRef: 'group:default/ai-team' }],
};

/** An entity of the catalog whose mesh nobody may see. */
export const hidden = component('hidden', {
  'ai-mesh.io/service': 'ai-services/qa-service',
});

/** A request of the chat service's second version. */
export const chatRequest: CanaryRequestInput = {
  entityRef: 'component:default/chat',
  service: {
    cluster: 'shop',
    namespace: 'ai-services',
    name: 'ai-chat-service',
  },
  stable: { subset: 'v1' },
  canary: { subset: 'v2' },
  reason: 'A better model for everybody',
};

/** What {@link mayDo} says, but of nobody's mesh that is hidden. */
export const usualPolicy: NonNullable<CanaryPortalOptions['policy']> = (
  person,
  permission,
  entityRef,
) =>
  mayDo[person]?.includes(permission) === true &&
  entityRef !== stringifyEntityRef(hidden);

/** What a policy decides of a permission before it is told of which entity. */
const BY_ENTITY: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule: 'ANY', resourceType: 'catalog-entity', params: {} },
};

/** A backend with the whole plugin, people with different rights, and everything that it tells them. */
export class CanaryPortal {
  readonly sent: NotificationSendOptions[] = [];
  readonly events: AiMeshEvent[] = [];
  readonly signals: { channel: string; message: JsonObject }[] = [];
  readonly audits: { eventId: string; outcome: string; meta: JsonObject }[] =
    [];
  #backend!: TestBackend;

  static async start(options: CanaryPortalOptions): Promise<CanaryPortal> {
    const portal = new CanaryPortal();
    await portal.#start(options);
    return portal;
  }

  async #start(options: CanaryPortalOptions): Promise<void> {
    const { clusters, canary, aiMesh, entities = [chat], knex } = options;
    const auditor = mockServices.auditor.mock({
      createEvent: async ({ eventId }) => {
        const told =
          (outcome: string) => async (done?: { meta?: JsonObject }) => {
            this.audits.push({ eventId, outcome, meta: done?.meta ?? {} });
          };
        return { success: told('success'), fail: told('fail') };
      },
    });
    this.#backend = await startTestBackend({
      features: [
        aiMeshPlugin,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({
          data: {
            ...(options.backend && { backend: options.backend }),
            ...(options.integrations && {
              integrations: options.integrations,
            }),
            aiMesh: {
              clusters,
              ...(canary && { canary }),
              // A test asks far more often than a person does.
              limits: {
                user: { perMinute: 100_000 },
                entity: { perMinute: 100_000 },
              },
              ownership: {
                namespaces: [
                  { namespace: 'ai-services', owner: 'group:default/ai-team' },
                ],
              },
              ...aiMesh,
            },
          },
        }),
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
        mockServices.permissions.mock({
          authorize: authorizer(options.policy ?? usualPolicy) as never,
          authorizeConditional: async asked => asked.map(() => BY_ENTITY),
        }).factory,
        auditor.factory,
        ...(options.bare ? [] : this.#messengers()),
        ...(options.features ?? []),
        ...(options.databaseAway || knex
          ? [
              mockServices.database.mock({
                getClient: async () => {
                  if (options.databaseAway?.() || !knex) {
                    throw new Error('connect ECONNREFUSED');
                  }
                  return knex;
                },
              }).factory,
            ]
          : []),
      ],
    });
  }

  /** Events, notifications and signals that go nowhere, and are kept. */
  #messengers() {
    return [
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async ({ eventPayload }) => {
            this.events.push(aiMeshEventSchema.parse(eventPayload));
          },
          subscribe: async () => {},
        }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async sending => {
            this.sent.push(sending);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async ({ channel, message }) => {
            this.signals.push({ channel, message: message as JsonObject });
          },
        }),
      }),
    ];
  }

  stop(): Promise<void> {
    return this.#backend.stop();
  }

  get port(): number {
    return this.#backend.server.port();
  }

  /** The header that a person asks with, or a plugin in its own name. */
  authorizationOf(asker: Person | 'plugin'): string {
    return asker === 'plugin'
      ? mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:mcp-actions'),
          targetPluginId: 'mcp-actions',
        })
      : `Bearer ${tokenOf(asker)}`;
  }

  /** Asks as a person; without one, as nobody. */
  async http(
    person: Person | undefined,
    method: 'get' | 'post',
    path: string,
    body?: unknown,
  ): Promise<request.Response> {
    const asking = request(this.#backend.server)[method](`/api/ai-mesh${path}`);
    if (person) {
      asking.set('Authorization', `Bearer ${tokenOf(person)}`);
    }
    return body === undefined ? asking : asking.send(body as object);
  }

  /** Asks as a service, which may do whatever no person has to. */
  async service(
    method: 'get' | 'post',
    path: string,
    body?: object,
  ): Promise<request.Response> {
    return request(this.#backend.server)
      [method](`/api/ai-mesh${path}`)
      .set('Authorization', mockCredentials.service.header())
      .send(body);
  }

  /** Sends a body as it is. */
  async raw(
    person: Person,
    path: string,
    type: string,
    body: string,
  ): Promise<request.Response> {
    return request(this.#backend.server)
      .post(`/api/ai-mesh${path}`)
      .set('Authorization', `Bearer ${tokenOf(person)}`)
      .set('Content-Type', type)
      .send(body);
  }

  as(person: Person) {
    const client = new AiMeshCanaryClient({
      discoveryApi: {
        getBaseUrl: async plugin =>
          `http://localhost:${this.#backend.server.port()}/api/${plugin}`,
      },
      fetchApi: { fetch },
    });
    const token = tokenOf(person);
    return {
      client,
      options: () => client.canaryOptions(chatRequest.entityRef, { token }),
      list: () => client.canaries(chatRequest.entityRef, {}, { token }),
      all: (active?: boolean) => client.allCanaries({ active }, { token }),
      preview: (changes: Partial<CanaryRequestInput> = {}) => {
        const { reason, idempotencyKey, ...asked } = {
          ...chatRequest,
          ...changes,
        };
        return client.previewCanary(asked, { token });
      },
      request: (changes: Partial<CanaryRequestInput> = {}) =>
        client.requestCanary({ ...chatRequest, ...changes }, { token }),
      /** Asks as soon as the portal has read the clusters, which takes as long as it takes. */
      requestSoon: (changes: Partial<CanaryRequestInput> = {}) =>
        until(
          () =>
            client
              .requestCanary({ ...chatRequest, ...changes }, { token })
              .catch((error: Error) => error),
          answer => !(answer instanceof Error),
          60_000,
        ) as Promise<Canary>,
      details: (id: string): Promise<CanaryDetails> =>
        client.canary(id, { token }),
      act: (id: string, action: CanaryAction) =>
        client.actOnCanary(id, action, { token }),
      /** Acts on the canary as it is now, as somebody does who just looked; again where it has moved on meanwhile. */
      actNow: (
        id: string,
        action: CanaryAction['action'],
        reason = 'because',
      ): Promise<Canary> =>
        until(
          async () => {
            const { version } = await client.canary(id, { token });
            return client
              .actOnCanary(id, { action, version, reason } as CanaryAction, {
                token,
              })
              .catch(error => {
                if (error.statusCode !== 409) {
                  throw error;
                }
                return undefined;
              });
          },
          done => done !== undefined,
          10_000,
        ) as Promise<Canary>,
    };
  }

  /** Waits until the canary is as wanted. */
  when(
    id: string,
    isWanted: (canary: CanaryDetails) => boolean,
    withinMs = 60_000,
  ): Promise<CanaryDetails> {
    return until(() => this.as('rita').details(id), isWanted, withinMs);
  }
}

function tokenOf(person: Person): string {
  return mockCredentials.user.token(`user:default/${person}`);
}

function authorizer(policy: NonNullable<CanaryPortalOptions['policy']>) {
  return async (
    asked: (AuthorizePermissionRequest & { resourceRef?: string })[],
    { credentials }: { credentials: { principal: BackstageUserPrincipal } },
  ) => {
    const { principal } = credentials;
    const person = principal.userEntityRef?.split('/')[1] as Person;
    return asked.map(({ permission, resourceRef = '' }) => ({
      result:
        principal.type !== 'user' ||
        policy(person, permission.name, resourceRef)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    }));
  };
}

/** A cluster of the configuration on a sandbox, which may be written to. */
export function writableCluster(
  sandbox: Pick<RunningSandbox, 'kubernetes' | 'tokens'>,
  more: JsonObject = {},
): JsonObject {
  return {
    name: 'shop',
    kubernetes: {
      url: sandbox.kubernetes,
      serviceAccountToken: sandbox.tokens.writer,
    },
    allowWrites: true,
    ...more,
  };
}
