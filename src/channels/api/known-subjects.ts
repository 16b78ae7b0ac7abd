import { notFound } from '../../kernel/errors.ts'
import { parseId, type SubjectId } from '../../kernel/ids.ts'
import type { ApiDeps } from './api-deps.ts'
import type { Asking } from './asking.ts'

type Parts = Pick<ApiDeps, 'names' | 'nameOf' | 'clock'>

/** Stands for whoever it is, to learn the sector of a client without naming anybody. */
const nobody = '00000000-0000-7000-8000-000000000000' as SubjectId

/**
 * Who is meant by the names a client sends. A client with names of its own is answered for those alone that it was given:
 * a name of another sector, and an internal id, mean nobody here.
 */
export async function subjectsBehind(
  { names, nameOf }: Parts,
  { client }: Asking,
  subs: readonly string[],
): Promise<ReadonlyMap<string, SubjectId>> {
  const { sector } = nameOf(client, nobody)
  if (sector !== undefined) return names.find(sector, [...new Set(subs)])
  return new Map(
    subs.flatMap((sub) => {
      const subjectId = parseId<'subject'>(sub)
      return subjectId === undefined ? [] : [[sub, subjectId] as const]
    }),
  )
}

export async function subjectBehind(parts: Parts, asking: Asking, sub: string): Promise<SubjectId> {
  const found = (await subjectsBehind(parts, asking, [sub])).get(sub)
  if (found === undefined) throw notFound('subject-unknown', 'Your client knows nobody by this name.')
  return found
}

export interface Named {
  readonly subjectId: SubjectId
  readonly sub: string
  /** True when this client's sector was told of the person before. */
  readonly told: boolean
}

/** The client's names for these people, and which of them it has met. */
export async function namesFor(
  { names, nameOf }: Parts,
  { client }: Asking,
  subjects: readonly SubjectId[],
): Promise<readonly Named[]> {
  const named = subjects.map((subjectId) => ({ subjectId, ...nameOf(client, subjectId) }))
  const sector = named[0]?.sector
  if (sector === undefined) return named.map(({ subjectId, sub }) => ({ subjectId, sub, told: true }))
  const known = await names.find(
    sector,
    named.map(({ sub }) => sub),
  )
  return named.map(({ subjectId, sub }) => ({ subjectId, sub, told: known.has(sub) }))
}

/** Keeps the names that are about to be given out; resolves before they may leave. */
export async function keepNames(
  { names, nameOf, clock }: Parts,
  { client }: Asking,
  given: readonly Named[],
): Promise<void> {
  const { sector } = nameOf(client, nobody)
  if (sector === undefined) return
  await names.keep(
    given.filter(({ told }) => !told).map(({ subjectId, sub }) => ({ sector, sub, subjectId })),
    clock.now(),
  )
}
