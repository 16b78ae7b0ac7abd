import type { LinkId } from '../../../../src/features/identity/linking/link.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import type { openLinking } from './linking-house.ts'

export type Step<Account = SubjectId, Link = LinkId> =
  | { readonly do: 'link' | 'apart'; readonly a: Account; readonly b: Account; readonly rule: string }
  | { readonly do: 'unlink'; readonly a: Account; readonly linkId: Link }

/** All steps at the same moment; of each what came of it, or the code of its error. */
export const takeSteps = (linking: ReturnType<typeof openLinking>, steps: readonly Step[]) =>
  Promise.all(
    steps.map(async (step): Promise<string> => {
      try {
        if (step.do === 'unlink') return (await linking.unlink(step.a, step.linkId)).outcome
        if (step.do === 'apart') return (await linking.apart(step.a, step.b)).outcome
        return (await linking.link(step.a, step.b, { rule: step.rule })).outcome
      } catch (error) {
        return error instanceof Error ? `failed: ${error.message}` : 'failed'
      }
    }),
  )
