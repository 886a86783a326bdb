/** Pixels; what stands in for a chart while its library loads is as high. */
export const WEIGHT_CHART_HEIGHT = 200;
