import {
  createExtensionInput,
  createFrontendModule,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import HomeIcon from '@material-ui/icons/Home';
import { Fragment } from 'react';

/** Where the demo begins. */
const startPage = PageBlueprint.makeWithOverrides({
  name: 'start',
  // As a home page takes them; `app-config.yaml` says which come here.
  inputs: { widgets: createExtensionInput([homePageWidgetDataRef]) },
  factory(page, { inputs }) {
    const widgets = inputs.widgets.map(widget =>
      widget.get(homePageWidgetDataRef),
    );
    return page({
      path: '/',
      title: 'Start',
      icon: <HomeIcon fontSize="inherit" />,
      noHeader: true,
      routeRef: createRouteRef(),
      loader: () =>
        import('./StartPage').then(({ StartPage }) => (
          <StartPage>
            {widgets.map(({ node, component }) => (
              <Fragment key={node.spec.id}>{component}</Fragment>
            ))}
          </StartPage>
        )),
    });
  },
});

export const startModule = createFrontendModule({
  pluginId: 'app',
  extensions: [startPage],
});
