import { useMoment, useWindow } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { NavigationTabs } from '../Tabs';
import { screens } from './screens';

/** The way from screen to screen; the time window and the moment go along. */
export function ScreenTabs() {
  const { t } = useAiMeshTranslation();
  const [window] = useWindow();
  const [at] = useMoment();
  const search = new URLSearchParams({
    ...(window !== '5m' && { window }),
    ...(at && { at }),
  }).toString();
  return (
    <NavigationTabs
      label={t('screen.navigation')}
      tabs={screens.map(screen => ({
        to: { pathname: `../${screen}`, search: search && `?${search}` },
        label: t(`screen.${screen}`),
      }))}
    />
  );
}
