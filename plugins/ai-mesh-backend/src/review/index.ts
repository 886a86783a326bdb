export { RecentFindings } from './RecentFindings';
export { ReviewService } from './ReviewService';
