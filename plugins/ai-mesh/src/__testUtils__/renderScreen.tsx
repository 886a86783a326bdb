import type {
  AiMeshApi,
  AiMeshCanaryApi,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ANNOTATION_SERVICE } from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import {
  configApiRef,
  identityApiRef,
  storageApiRef,
} from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { UnifiedThemeProvider, themes } from '@backstage/theme';
import type { RenderResult } from '@testing-library/react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { aiMeshApiRef, aiMeshCanaryApiRef } from '../api';
import { AiMeshTab } from '../components/AiMeshTab';
import { canary, canaryDetails, canaryOptions, preflight } from './canary';
import { fixRequests } from './fixRequests';
import { fleet, fleetHurting } from './fleet';
import { modelsInUse } from './models';
import { templateRouteRef } from '../routes';
import { overview } from './overview';
import { replay } from './replay';
import { review } from './review';
import { routes } from './routes';
import { scorecard } from './scorecard';
import { slos } from './slos';
import { mayCall, security } from './security';
import { topology } from './topology';
import { traces } from './traces';

/** The demo's chat service as the catalog has it. */
export const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'ai-chat-service',
    namespace: 'default',
    annotations: { [ANNOTATION_SERVICE]: 'ai-services/ai-chat-service' },
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'ai-team',
    system: 'assistants',
  },
};

/** A backend that answers with the demo's fixtures. */
export function demoApi(
  change: Partial<jest.Mocked<AiMeshApi>> = {},
): Partial<jest.Mocked<AiMeshApi>> {
  return {
    overview: jest.fn().mockImplementation(async () => overview()),
    topology: jest.fn().mockImplementation(async () => topology()),
    replay: jest.fn().mockImplementation(async () => replay()),
    routes: jest.fn().mockImplementation(async () => routes()),
    review: jest.fn().mockImplementation(async () => review()),
    facts: jest.fn().mockRejectedValue(new Error('not asked for')),
    factsByRefs: jest.fn().mockRejectedValue(new Error('not asked for')),
    allFacts: jest.fn().mockRejectedValue(new Error('not asked for')),
    scorecard: jest.fn().mockImplementation(async () => scorecard()),
    slos: jest.fn().mockImplementation(async () => slos()),
    traces: jest.fn().mockImplementation(async () => traces()),
    fixRequests: jest.fn().mockImplementation(async () => fixRequests()),
    security: jest.fn().mockImplementation(async () => security()),
    mayCall: jest.fn().mockImplementation(async () => mayCall()),
    contestedClaims: jest.fn().mockResolvedValue({ services: [] }),
    fleet: jest.fn().mockImplementation(async () => fleet()),
    fleetHurting: jest.fn().mockImplementation(async () => fleetHurting()),
    models: jest.fn().mockImplementation(async () => modelsInUse()),
    ...change,
  };
}

/** A backend whose entity has one canary, which runs. */
export function demoCanaries(
  change: Partial<jest.Mocked<AiMeshCanaryApi>> = {},
): jest.Mocked<AiMeshCanaryApi> {
  return {
    canaries: jest.fn().mockResolvedValue({ canaries: [canary()] }),
    allCanaries: jest.fn().mockResolvedValue({ canaries: [canary()] }),
    canary: jest.fn().mockResolvedValue(canaryDetails()),
    canaryTransitions: jest.fn().mockResolvedValue({ transitions: [] }),
    canaryOptions: jest.fn().mockResolvedValue(canaryOptions()),
    previewCanary: jest.fn().mockResolvedValue(preflight()),
    requestCanary: jest
      .fn()
      .mockResolvedValue(canary({ id: 'c-2', state: 'requested' })),
    actOnCanary: jest.fn().mockResolvedValue(canary({ version: 5 })),
    ...change,
  };
}

/** What the reader may do, by the permission's name, and who the reader is. */
export interface Reader {
  userEntityRef?: string;
  denied?: string[];
}

function Address() {
  const { pathname, search } = useLocation();
  return (
    <output aria-label="address" hidden>
      {pathname + search}
    </output>
  );
}

/** Where the tab is mounted in the tests. */
export const TAB = '/catalog/default/component/ai-chat-service/ai-mesh';

/**
 * Renders the tab on the entity's page.
 *
 * @param at - the address below the tab: `/topology?depth=1`
 * @returns the rendering, and the address to look at
 */
export async function renderTab(
  at: string,
  options: {
    api?: Partial<AiMeshApi>;
    canaries?: Partial<AiMeshCanaryApi>;
    reader?: Reader;
    theme?: 'light' | 'dark';
    /** The portal has the scaffolder, with this template. */
    template?: Entity;
    /** The reader has not been offered the tour yet. */
    newcomer?: boolean;
    /** Where the portal has the documentation. */
    documentation?: string;
  } = {},
): Promise<RenderResult & { address: () => string | null | undefined }> {
  const {
    api = demoApi(),
    canaries = demoCanaries(),
    reader: { userEntityRef = 'user:default/nora', denied = [] } = {},
    theme = 'light',
    template,
    newcomer = false,
    documentation,
  } = options;
  const rendered = await renderInTestApp(
    <TestApiProvider
      apis={[
        [aiMeshApiRef, api],
        [aiMeshCanaryApiRef, canaries],
        [identityApiRef, mockApis.identity({ userEntityRef })],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: ({ permission }) =>
              denied.includes(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        ],
        [
          catalogApiRef,
          catalogApiMock({
            entities: [entity, ...(template ? [template] : [])],
          }),
        ],
        [
          storageApiRef,
          mockApis.storage({
            data: newcomer ? {} : { 'ai-mesh': { tourOffered: true } },
          }),
        ],
        [
          configApiRef,
          mockApis.config({
            data: {
              aiMesh: {
                fixes: {
                  template: 'template:default/mend-findings',
                  changeTemplate: 'template:default/keep-in-git',
                },
                ...(documentation && { documentation }),
              },
            },
          }),
        ],
      ]}
    >
      {/* The answers about rights are kept beyond one rendering; one test's must not be another's. */}
      <SWRConfig value={{ provider: () => new Map() }}>
        <UnifiedThemeProvider theme={themes[theme]}>
          <EntityProvider entity={entity}>
            <Routes>
              <Route path={`${TAB}/*`} element={<AiMeshTab />} />
            </Routes>
            <Address />
          </EntityProvider>
        </UnifiedThemeProvider>
      </SWRConfig>
    </TestApiProvider>,
    {
      routeEntries: [`${TAB}${at}`],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name/*': entityRouteRef,
        ...(template && {
          '/create/templates/:namespace/:templateName': templateRouteRef,
        }),
      },
    },
  );
  return {
    ...rendered,
    address: () =>
      rendered.container.ownerDocument.querySelector('[aria-label="address"]')
        ?.textContent,
  };
}
