/** Shows everything, but never larger than life, and never too small to read: then one moves the graph instead. */
export const fitOptions = { padding: 0.04, maxZoom: 1, minZoom: 0.65 };
