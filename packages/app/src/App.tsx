import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { documentationModule } from './modules/documentation';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { startModule } from './modules/start';

/** The demo portal. AI Mesh itself is found through `app.packages: all`. */
export default createApp({
  features: [
    catalogPlugin,
    documentationModule,
    navModule,
    signInModule,
    startModule,
  ],
});
