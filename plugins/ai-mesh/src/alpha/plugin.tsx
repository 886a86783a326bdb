import {
  isAiMeshAvailable,
  SEARCH_DOCUMENT_TYPE,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import MeshIcon from '@material-ui/icons/DeviceHub';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { aiMeshApiRef, aiMeshCanaryApiRef } from '../api';
import { hasAiMeshFleetCard } from '../hasAiMeshFleetCard';
import { hasAiMeshTab } from '../hasAiMeshTab';
import { aiMeshCanaryClient, aiMeshClient, screens } from '../onCall';
import { partOnCall } from '../partOnCall';
import { fleetRouteRef, rootRouteRef, templateRouteRef } from '../routes';

const aiMeshApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: aiMeshApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: aiMeshClient,
    }),
});

const aiMeshCanaryApi = ApiBlueprint.make({
  name: 'canary',
  params: defineParams =>
    defineParams({
      api: aiMeshCanaryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: aiMeshCanaryClient,
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/ai-mesh',
    title: 'AI Mesh',
    group: 'observability',
    routeRef: rootRouteRef,
    filter: hasAiMeshTab,
    loader: () =>
      partOnCall(({ aiMeshTab }) => aiMeshTab()).then(AiMeshTab => (
        <AiMeshTab />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    filter: isAiMeshAvailable,
    loader: () =>
      partOnCall(({ entityAiMeshCard }) => entityAiMeshCard()).then(
        EntityAiMeshCard => <EntityAiMeshCard />,
      ),
  },
});

const scorecardCard = EntityCardBlueprint.make({
  name: 'scorecard',
  params: {
    filter: isAiMeshAvailable,
    loader: () =>
      partOnCall(({ entityScorecardCard }) => entityScorecardCard()).then(
        EntityScorecardCard => <EntityScorecardCard />,
      ),
  },
});

const fleetCard = EntityCardBlueprint.make({
  name: 'fleet',
  params: {
    filter: hasAiMeshFleetCard,
    loader: () =>
      partOnCall(({ entityFleetCard }) => entityFleetCard()).then(
        EntityFleetCard => <EntityFleetCard />,
      ),
  },
});

const fleetPage = PageBlueprint.make({
  params: {
    path: '/ai-mesh',
    title: 'AI Mesh',
    icon: <MeshIcon fontSize="inherit" />,
    // The page has a header of its own, with its tabs.
    noHeader: true,
    routeRef: fleetRouteRef,
    loader: () =>
      partOnCall(hub => hub.fleetPage()).then(FleetPage => <FleetPage />),
  },
});

const homeWidget = HomePageWidgetBlueprint.make({
  params: {
    title: 'My services in the mesh',
    description: 'Your services in the mesh, those that do worst first',
    layout: {
      width: { minColumns: 4, defaultColumns: 6 },
      height: { minRows: 3, defaultRows: 6 },
    },
    components: () =>
      partOnCall(({ homeFleetCard }) => homeFleetCard()).then(
        HomeFleetCard => ({ Content: () => <HomeFleetCard /> }),
      ),
    // It has a frame of its own, whose title is in the reader's language.
    componentProps: {
      Renderer: ({ Content }: { Content: () => JSX.Element }) => <Content />,
    },
  },
});

const searchResult = SearchResultListItemBlueprint.make({
  params: {
    icon: <MeshIcon />,
    predicate: ({ type }) => type === SEARCH_DOCUMENT_TYPE,
    component: () => partOnCall(hub => hub.searchResult()),
  },
});

const searchResultType = SearchFilterResultTypeBlueprint.make({
  params: {
    value: SEARCH_DOCUMENT_TYPE,
    name: 'AI Mesh',
    icon: <MeshIcon />,
  },
});

const servicePicker = FormFieldBlueprint.make({
  name: 'service-picker',
  params: {
    field: () =>
      screens()
        .then(({ templateFields }) => templateFields())
        .then(({ ServicePicker, servicePickerSchema }) =>
          createFormField({
            name: 'AiMeshServicePicker',
            component: ServicePicker,
            schema: servicePickerSchema,
          }),
        ),
  },
});

const versionPicker = FormFieldBlueprint.make({
  name: 'version-picker',
  params: {
    field: () =>
      screens()
        .then(({ templateFields }) => templateFields())
        .then(({ VersionPicker, versionPickerSchema }) =>
          createFormField({
            name: 'AiMeshVersionPicker',
            component: VersionPicker,
            schema: versionPickerSchema,
          }),
        ),
  },
});

/**
 * AI Mesh in an app of the new frontend system: it installs itself, and is configured as extensions are.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'ai-mesh',
  title: 'AI Mesh',
  info: { packageJson: () => import('../../package.json') },
  routes: { root: rootRouteRef, fleet: fleetRouteRef },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    aiMeshApi,
    aiMeshCanaryApi,
    entityContent,
    entityCard,
    scorecardCard,
    fleetCard,
    fleetPage,
    homeWidget,
    searchResult,
    searchResultType,
    servicePicker,
    versionPicker,
  ],
});
