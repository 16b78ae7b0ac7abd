import { z } from 'zod'

/** One line of docs/requirements.json. */
export interface Requirement {
  /** `R1` to `R120`. */
  readonly id: string
  readonly says: string
  /** `first` is in scope of the first slice, `later` is not. */
  readonly slice: 'first' | 'later'
  /** True while no test cites it. `placet docs` takes the mark away with the first test, and then it cannot come back. */
  readonly notYet?: true | undefined
}

export interface RequirementGroup {
  readonly title: string
  readonly requirements: readonly Requirement[]
}

const requirement = z.strictObject({
  id: z.string().regex(/^R([1-9]|[1-9]\d|1[01]\d|120)$/),
  says: z.string().min(10).max(200),
  slice: z.enum(['first', 'later']),
  notYet: z.literal(true).optional(),
})

const file = z.strictObject({
  groups: z.array(z.strictObject({ title: z.string(), requirements: z.array(requirement) })),
})

export const parseRequirements = (text: string): readonly RequirementGroup[] =>
  file.parse(JSON.parse(text)).groups

export const printRequirements = (groups: readonly RequirementGroup[]): string =>
  `${JSON.stringify({ groups }, null, 2)}\n`
