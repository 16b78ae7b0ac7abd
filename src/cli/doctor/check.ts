/** One line of `placet doctor`. */
export type Check =
  | {
      readonly name: string
      readonly ok: true
      readonly says: string
      /** What to do about something that works less than one would think; no reason not to start. */
      readonly warning?: string
    }
  | { readonly name: string; readonly ok: false; readonly cause: string; readonly fix: string }

export const good = (name: string, says: string): Extract<Check, { ok: true }> => ({ name, ok: true, says })
export const bad = (name: string, cause: string, fix: string): Check => ({ name, ok: false, cause, fix })
