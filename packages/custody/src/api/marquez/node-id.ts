/** Marquez's node ids are our asset ids, with a version after `#` where one is meant. */
const VERSION = /#[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isVersioned = (nodeId: string): boolean => VERSION.test(nodeId);

/** The graphs are as of now, so a version is only left out. */
export const withoutVersion = (nodeId: string): string => nodeId.replace(VERSION, '');
