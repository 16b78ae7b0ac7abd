import { contactedInstead } from '../../features/consent/index.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ApiDeps } from './api-deps.ts'
import type { Asking } from './asking.ts'
import type { JudgedPerson } from './decide-permission.ts'
import { keepNames, namesFor } from './known-subjects.ts'
import { isoOrNull } from './shapes.ts'

/** Of the lists alone: what the data may be used for is the decision's to say, and does not change with the account. */
const otherAccountContacted = 'OTHER_ACCOUNT_CONTACTED'

interface Contact {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly campaignCategory?: string | undefined
}

interface Permission {
  readonly decision: 'PERMIT' | 'DENY'
  readonly valid_until: string | null
}

/** By which account somebody is contacted where this one may be used: another one, or undefined for itself. */
export const insteadOf = (
  deps: ApiDeps,
  { controller, brand }: Asking,
  person: JudgedPerson,
  contact: Contact,
  { decision }: Pick<Permission, 'decision'>,
) => (decision === 'PERMIT' ? contactedInstead(deps, person, { controller, brand, ...contact }) : undefined)

export type Instead = Awaited<ReturnType<typeof insteadOf>>

/** The client's names for these accounts, kept as given out to it. */
async function namesOf(
  deps: ApiDeps,
  asking: Asking,
  all: readonly Instead[],
): Promise<ReadonlyMap<SubjectId, string>> {
  const accounts = [...new Set(all.flatMap((one) => (one === undefined ? [] : [one.subjectId])))]
  if (accounts.length === 0) return new Map()
  const named = await namesFor(deps, asking, accounts)
  await keepNames(deps, asking, named)
  return new Map(named.map(({ subjectId, sub }) => [subjectId, sub]))
}

/** Each answer with the account to contact instead, where there is one. */
export async function withDuplicates<Answer extends object>(
  deps: ApiDeps,
  asking: Asking,
  answers: readonly { readonly answer: Answer; readonly instead: Instead }[],
): Promise<readonly (Answer & { readonly duplicate_of?: string })[]> {
  const names = await namesOf(
    deps,
    asking,
    answers.map(({ instead }) => instead),
  )
  return answers.map(({ answer, instead }) => {
    const name = instead && names.get(instead.subjectId)
    return name === undefined ? answer : { ...answer, duplicate_of: name }
  })
}

const sooner = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one

/** A no of the list: whoever keeps one of their own by the decision alone must not write to one person twice. */
export function notOnTheList<Told extends Permission & { readonly opt_out?: unknown }>(
  permission: Told,
  { validUntil }: NonNullable<Instead>,
) {
  const { opt_out: _, ...rest } = permission
  return {
    ...rest,
    decision: 'DENY' as const,
    reason: otherAccountContacted,
    basis: null,
    attributes: [],
    valid_until: sooner(permission.valid_until, isoOrNull(validUntil)),
  }
}

/** These people, and with them all their other accounts: who is contacted by which may change with any of them. */
export async function withOtherAccounts(
  { facts }: Pick<ApiDeps, 'facts'>,
  subjects: readonly SubjectId[],
): Promise<readonly SubjectId[]> {
  const known = await Promise.all(subjects.map((subjectId) => facts.find(subjectId)))
  const others = known.flatMap((one) => (one?.facts.linked ?? []).map(({ id }) => id as SubjectId))
  return [...new Set([...subjects, ...others])]
}
