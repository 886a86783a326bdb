import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPTIONAL = '(?:permission|notifications|signals|search)';
const BACKEND = new RegExp(
  `backend\\.add\\(\\s*import\\('@(?:backstage|ai-mesh)/plugin-(?:${OPTIONAL}-backend|scaffolder-backend-module-notifications)[^)]*\\),?\\s*\\);\\n`,
  'g',
);
const IMPORTS =
  /import \{[^}]*\} from '(?:@backstage\/plugin-(?:notifications|signals|signals-react|search)|\.\/components\/search\/SearchPage)';\n/g;
const ELEMENTS = [
  /<(?:SidebarSearchModal|NotificationsSidebarItem|SignalsDisplay) \/>\n/g,
  /<Route path="\/search"[^]*?<\/Route>\n/g,
  /<Route path="\/notifications" element=\{<NotificationsPage \/>\} \/>\n/g,
  // What keeps a reader's settings takes signals where there are some.
  /signalApi: signalApiRef,\n/g,
];

/** Settings of a portal that has none of them. */
export const bareSettings = {
  app: {
    packages: {
      // A reader's settings are kept by a module that listens to signals.
      exclude: [
        'notifications',
        'signals',
        'search',
        'app-module-user-settings',
      ].map(name => `@backstage/plugin-${name}`),
    },
  },
  permission: { enabled: false },
};

/**
 * Takes permissions, notifications, signals and search out of a portal of `create-app`: what a portal without them would not
 * have in its backend and in its app. They are installed still.
 */
export function removeOptionalPlugins(portal) {
  change(join(portal, 'packages/backend/src/index.ts'), text =>
    text.replace(BACKEND, ''),
  );
  for (const file of [
    'modules/nav/Sidebar.tsx',
    'components/Root/Root.tsx',
    'App.tsx',
    'apis.ts',
  ]) {
    change(join(portal, 'packages/app/src', file), text =>
      ELEMENTS.reduce(
        (rest, element) => rest.replace(element, ''),
        text.replace(IMPORTS, ''),
      ),
    );
  }
}

function change(file, edit) {
  if (existsSync(file)) {
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
  }
}
