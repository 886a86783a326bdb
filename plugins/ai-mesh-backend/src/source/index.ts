export { SourceFinder } from './SourceFinder';
