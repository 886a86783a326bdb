import { Content, Header, Page } from '@backstage/core-components';
import { Route, Routes } from 'react-router-dom';
import { useAiMeshTranslation } from '../../translation';
import { DocumentationLink } from '../Guide';
import { ModelsView } from '../Models';
import { ContestedClaimsView } from '../Ownership/ContestedClaimsView';
import { fleetFindingsView } from '../Review/findingsOnCall';
import { shownOnCall } from '../States';
import { NavigationBar, NavigationTabs } from '../Tabs';
import { FleetView } from './FleetView';

const FleetFindingsView = shownOnCall(fleetFindingsView);

/** The mesh of all entities: one table of them, and what is wrong with whose they are. */
export function FleetPage() {
  const { t } = useAiMeshTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} subtitle={t('fleet.subtitle')} />
      <Content>
        <NavigationBar>
          <NavigationTabs
            label={t('fleet.navigation')}
            tabs={[
              { to: '.', end: true, label: t('fleet.tab.services') },
              { to: 'findings', end: true, label: t('fleet.tab.findings') },
              { to: 'models', end: true, label: t('models.tab') },
              { to: 'contested', end: true, label: t('ownership.page.title') },
            ]}
          />
          <Routes>
            <Route
              path="contested"
              element={<DocumentationLink screen="contested" />}
            />
            <Route path="*" element={<DocumentationLink screen="fleet" />} />
          </Routes>
        </NavigationBar>
        <Routes>
          <Route path="/" element={<FleetView />} />
          <Route path="findings" element={<FleetFindingsView />} />
          <Route path="models" element={<ModelsView />} />
          <Route path="contested" element={<ContestedClaimsView />} />
        </Routes>
      </Content>
    </Page>
  );
}
