export * from './schemas';
export { ServicePicker } from './ServicePicker';
export { VersionPicker } from './VersionPicker';
