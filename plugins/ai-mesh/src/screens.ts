/*
 * What a page loads of the plugin when it first shows something of it. The screens are loaded from here, and not from the
 * plugin's entry: so what they all need is loaded once, and comes with none of them again.
 */
export {
  AiMeshCanaryClient,
  AiMeshClient,
} from '@ai-mesh/plugin-ai-mesh-common';

/* What most screens show is here only so that it is in this part. */
export * as charts from './components/Charts';
export * as figures from './components/Figures';
export * as canaryStates from './components/Canary/StateMark';
export * as marks from './components/Marks';
export * as objects from './components/Objects';
export * as requests from './components/Requests';
export * as findings from './components/Review/findingsOnCall';
export * as severities from './components/Review/SeverityMark';
export * as screen from './components/Screen';
export * as tabs from './components/Tabs';
export * as scorecard from './components/Scorecard/scorecardWords';
export * as states from './components/States';
export * as sources from './components/Sources';
export * as tables from './components/Tables';
export * as terms from './components/Terms';
export * as format from './format';
export * as hooks from './hooks';
export * as translation from './translation';

export const aiMeshTab = async () =>
  (await import('./components/AiMeshTab')).AiMeshTab;
export const entityAiMeshCard = async () =>
  (await import('./components/EntityAiMeshCard')).EntityAiMeshCard;
export const entityScorecardCard = async () =>
  (await import('./components/EntityScorecardCard')).EntityScorecardCard;
export const entityFleetCard = async () =>
  (await import('./components/FleetCards')).EntityFleetCard;
export const homeFleetCard = async () =>
  (await import('./components/FleetCards')).HomeFleetCard;
export const fleetPage = async () =>
  (await import('./components/Fleet')).FleetPage;
export const searchResult = async () =>
  (await import('./components/SearchResult')).AiMeshSearchResult;
export const templateFields = () => import('./components/TemplateFields');
