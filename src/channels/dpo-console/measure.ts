import { z } from 'zod'
import { translator } from '../../../views/page.tsx'
import { CheckMeasureView } from '../../../views/staff/check-measure.tsx'
import { type MeasureField, type MeasureName, MeasureView } from '../../../views/staff/measure.tsx'
import { type Facts, foreseeEffect, type OfficersDecision } from '../../features/consent/index.ts'
import type { Actor } from '../../kernel/actor.ts'
import { type FieldIssue, PlacetError } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { type Cookie, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras } from '../page-renderer.ts'
import type { PersonDeps } from './person-deps.ts'
import { peoplePath, personPath, type Visit, visitOf } from './person-visit.ts'
import { effectWords, type Reader } from './person-words.ts'

/** What every form carries beside its own fields. */
type Carried = {
  readonly step: string
  readonly seen: string
  readonly command: string
  readonly reason: string
}
export type Typed = Readonly<Record<string, string>>

/** A visit as a measure sees it: whose facts, in whose words. */
export type Seen = Visit & Reader

/** What is common to every act an officer confirms. */
export interface Confirmed {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  readonly decision: OfficersDecision
  readonly seen: number
}

/** One thing that may be decided about a person: how it is asked, read, foreseen, told and done. */
export interface Measure<Command> {
  readonly name: MeasureName
  /** The fields of its own, each empty when left out. */
  readonly fields: readonly string[]
  /** Longest text of a field, where it is more than a line. */
  readonly longest?: number
  form(
    seen: Seen,
    typed: Typed,
  ): Promise<{
    readonly fields: readonly MeasureField[]
    readonly notes?: readonly string[]
    readonly nothing?: boolean
  }>
  read(seen: Seen, typed: Typed): Promise<Command | readonly FieldIssue[]>
  told(seen: Seen, command: Command): readonly { readonly label: string; readonly value: string }[]
  /** The facts as they would be. */
  after(seen: Seen, command: Command): Facts
  act(confirmed: Confirmed, command: Command): Promise<unknown>
}

const line = z.string().max(500).default('')
const areIssues = (read: unknown): read is readonly FieldIssue[] => Array.isArray(read)

/** Changes whenever the person's facts or what is published do, so that nothing is confirmed on an effect that is no longer true. */
const markOf = ({ known, registry }: Visit): string => `${known.epoch}.${registry.fingerprint}`

/**
 * Two steps on one address. What is typed is carried through both; nothing is kept before the second, and that one only on
 * the facts whose effect was shown: whatever moved since is shown again instead. Sent twice, it is done once (R92).
 */
export function measureRoutes<Command>(deps: PersonDeps, measure: Measure<Command>): readonly Route[] {
  const { renderer, entropy, house } = deps
  const path = `${peoplePath}/:subjectId/${measure.name}`
  const caller = { who: 'staff', power: 'subject.restrict' } as const
  const params = z.object({ subjectId: z.string() })
  const own = Object.fromEntries(
    measure.fields.map((name) => [
      name,
      z
        .string()
        .max(measure.longest ?? 500)
        .default(''),
    ]),
  )
  type Request = Pick<
    GuardedRequest<{ subjectId: string }>,
    'actor' | 'evidence' | 'csrf' | 'path' | 'url' | 'cookie' | 'header'
  >

  const showForm = async (request: Request, seen: Seen, typed: Typed, extras: PageExtras) => {
    const { fields, notes = [], nothing = false } = await measure.form(seen, typed)
    const reason: MeasureField = {
      kind: 'line',
      name: 'reason',
      label: 'measure.reason',
      hint: 'measure.reasonHint',
      value: typed['reason'] ?? '',
    }
    // Where there is no field to lead to, the error speaks for the form as a whole.
    const { fieldErrors = [], ...others } = extras
    const [first] = fieldErrors
    const errors = nothing && first ? { formError: { code: first.code } } : { fieldErrors }
    return renderer.show(
      request,
      MeasureView,
      {
        measure: measure.name,
        personHref: personPath(seen.subjectId),
        fields: [...fields, reason],
        notes,
        nothing,
      },
      { ...errors, ...others },
    )
  }

  const showCheck = (
    request: Request,
    seen: Seen,
    typed: Typed,
    command: Command,
    key: string,
    extras: PageExtras,
  ) => {
    const { known, registry, now } = seen
    const after = measure.after(seen, command)
    const t = translator(seen.language)
    return renderer.show(
      request,
      CheckMeasureView,
      {
        measure: measure.name,
        rows: [
          { label: t('measure.who'), value: seen.subjectId },
          ...measure.told(seen, command),
          { label: t('measure.reason'), value: (typed['reason'] ?? '').trim() },
        ],
        effect: effectWords(seen, foreseeEffect(known.facts, after, registry, now.getTime())),
        carried: { ...typed, seen: markOf(seen), command: key },
      },
      extras,
    )
  }

  /** An error of the use case, at the field it names or for the form as a whole. */
  const showRefused = (
    request: Request,
    seen: Seen,
    typed: Typed,
    error: PlacetError,
    cookies: readonly Cookie[],
  ) =>
    showForm(request, seen, typed, {
      cookies,
      status: 422,
      ...(error.issues.length > 0
        ? { fieldErrors: fieldErrorsOf(error.issues) }
        : { formError: { code: error.code } }),
    })

  return [
    defineRoute({
      name: `dpo.${measure.name}`,
      method: 'GET',
      path,
      caller,
      params,
      answers: [200, 303],
      handle: async (request) => {
        const found = await visitOf(deps, request)
        if ('instead' in found) return found.instead
        const seen = { ...found.visit, language: renderer.languageOf(request) }
        return showForm(request, seen, {}, { cookies: found.cookies })
      },
    }),
    defineRoute({
      name: `dpo.${measure.name}.decide`,
      method: 'POST',
      path,
      caller,
      params,
      body: {
        type: 'form',
        schema: z.strictObject({ ...own, step: line, seen: line, command: line, reason: line }),
      },
      answers: [200, 303, 422],
      handle: async (request) => {
        const { step, seen: mark, command: sentKey, ...typed } = request.body as Typed & Carried
        const found = await visitOf(deps, request, typed.reason)
        if ('instead' in found) return found.instead
        const { cookies } = found
        const seen = { ...found.visit, language: renderer.languageOf(request) }
        if (step === 'edit') return showForm(request, seen, typed, { cookies })
        const read = await measure.read(seen, typed)
        const missing =
          typed.reason.trim() === '' ? [{ field: 'reason', code: 'decision-reason-missing' }] : []
        if (areIssues(read) || missing.length > 0) {
          const issues = [...(areIssues(read) ? read : []), ...missing]
          return showForm(request, seen, typed, { cookies, fieldErrors: fieldErrorsOf(issues) })
        }
        const key = sentKey === '' ? entropy.id<'command'>() : sentKey
        const [epoch = '', fingerprint] = mark.split('.')
        if (step !== 'confirm' || mark === '') return showCheck(request, seen, typed, read, key, { cookies })
        const stale = { cookies, formError: { code: 'facts-moved-on' } }
        if (fingerprint !== seen.registry.fingerprint) {
          return showCheck(request, seen, typed, read, key, stale)
        }
        try {
          await measure.act(
            {
              subjectId: seen.subjectId,
              actor: request.actor,
              evidence: request.evidence,
              idempotencyKey: `dpo-console ${key}`,
              controller: house.controller,
              decision: { decidedBy: seen.officer, reason: typed.reason },
              seen: Number(epoch),
            },
            read,
          )
        } catch (error) {
          if (!(error instanceof PlacetError)) throw error
          if (error.code !== 'facts-moved-on') return showRefused(request, seen, typed, error, cookies)
          return showCheck(request, seen, typed, read, key, stale)
        }
        return seeOther(`${personPath(seen.subjectId)}?done=${measure.name}`, cookies)
      },
    }),
  ]
}
