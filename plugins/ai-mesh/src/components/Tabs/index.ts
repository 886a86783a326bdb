export { NavigationBar } from './NavigationBar';
export { NavigationTabs } from './NavigationTabs';
