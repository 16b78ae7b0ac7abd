/** One line of `placet doctor`. */
export type Check =
  | { readonly name: string; readonly ok: true; readonly says: string }
  | { readonly name: string; readonly ok: false; readonly cause: string; readonly fix: string }

export const good = (name: string, says: string): Check => ({ name, ok: true, says })
export const bad = (name: string, cause: string, fix: string): Check => ({ name, ok: false, cause, fix })
