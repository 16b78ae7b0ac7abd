/**
 * The tree of touchpoints as scopes read it: brand → region → store → terminal or desk. Each code maps to its parent, a
 * brand to undefined.
 */
export type TouchpointTree = ReadonlyMap<string, string | undefined>
