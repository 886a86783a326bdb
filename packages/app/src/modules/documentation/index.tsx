import {
  createFrontendModule,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import DocumentationIcon from '@material-ui/icons/MenuBook';
import { ROOT } from './readDocument';

const documentationPage = PageBlueprint.make({
  name: 'documentation',
  params: {
    path: ROOT,
    title: 'Documentation',
    icon: <DocumentationIcon fontSize="inherit" />,
    noHeader: true,
    routeRef: createRouteRef(),
    loader: () =>
      import('./DocumentationPage').then(({ DocumentationPage }) => (
        <DocumentationPage />
      )),
  },
});

export const documentationModule = createFrontendModule({
  pluginId: 'app',
  extensions: [documentationPage],
});
