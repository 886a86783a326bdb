export { AiModelEntities } from './models/AiModelEntities';
export { ObjectivesSource } from './openslo/ObjectivesSource';
export type { Download } from './rules/ruleFile';
export { RecentWorstSlos } from './RecentWorstSlos';
export { SloService, type SloContext } from './SloService';
export type { SloSettings } from './SloSettings';
export { budgetAlertsQuery, readBudgetAlert } from './rules/budgetAlerts';
