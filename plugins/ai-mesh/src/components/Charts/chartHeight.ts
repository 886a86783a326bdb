/** Of every chart, so that they stand in rows; pixels. */
export const CHART_HEIGHT = 200;
