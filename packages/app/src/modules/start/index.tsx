import {
  createFrontendModule,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import HomeIcon from '@material-ui/icons/Home';

/** Where the demo begins. */
const startPage = PageBlueprint.make({
  name: 'start',
  params: {
    path: '/',
    title: 'Start',
    icon: <HomeIcon fontSize="inherit" />,
    noHeader: true,
    routeRef: createRouteRef(),
    loader: () => import('./StartPage').then(({ StartPage }) => <StartPage />),
  },
});

export const startModule = createFrontendModule({
  pluginId: 'app',
  extensions: [startPage],
});
