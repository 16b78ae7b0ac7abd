/** What a code means and what to do about it. Codes that people meet on pages have it in their languages as well. */
export interface ProblemEntry {
  readonly status: number
  readonly means: { readonly en: string; readonly es?: string }
  readonly todo: { readonly en: string; readonly es?: string }
}

/** For programs and those who write them. */
export const told = (status: number, means: string, todo: string): ProblemEntry => ({
  status,
  means: { en: means },
  todo: { en: todo },
})

/** For people: English, then Spanish. */
export const said = (
  status: number,
  [means, significa]: readonly [string, string],
  [todo, haz]: readonly [string, string],
): ProblemEntry => ({ status, means: { en: means, es: significa }, todo: { en: todo, es: haz } })
