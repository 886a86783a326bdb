/** Shows everything, but never larger than life and never too small to read. */
export const fitOptions = { padding: 0.04, maxZoom: 1, minZoom: 0.4 };
