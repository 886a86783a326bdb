export { EntityFleetCard } from './EntityFleetCard';
export { HomeFleetCard } from './HomeFleetCard';
