import { z } from 'zod'
import type { MessageKey } from '../../../views/page.tsx'
import { type PurposeModel, PurposeView, type VersionModel } from '../../../views/staff/purpose.tsx'
import { PurposeRetireView } from '../../../views/staff/purpose-retire.tsx'
import {
  discardDraft,
  discardWorkingCopy,
  type PurposeRecord,
  retirePurpose,
} from '../../features/consent/index.ts'
import { parseId } from '../../kernel/ids.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import {
  inForce,
  noticesOf,
  type PurposeFile,
  purposeFile,
  refusalOf,
  stateOf,
  titleOf,
} from './purpose-file.ts'
import { changesOf, termsOf } from './purpose-findings.ts'
import { answersOf, dpvFile } from './purposes.ts'
import { type PurposesDeps, purposePath, purposesPath } from './purposes-deps.ts'

export const ofPurpose = z.object({ purpose: z.string().max(100) })

/** What the last act led to, told once. */
const told = {
  'draft-discarded': 'flash.draft-discarded',
  published: 'flash.purpose-published',
  retired: 'flash.purpose-retired',
} as const satisfies Record<string, MessageKey>

export const noticeOf = (
  done: string | undefined,
  words: Readonly<Record<string, MessageKey>>,
): PageExtras => {
  const key = done === undefined || !Object.hasOwn(words, done) ? undefined : words[done]
  return key === undefined ? {} : { notice: { kind: 'success', key } }
}

const published = ({ versions }: PurposeRecord) =>
  versions.filter(({ publishedAt }) => publishedAt !== undefined)

function versionsOf(record: PurposeRecord | undefined, href: string): readonly VersionModel[] {
  if (record === undefined) return []
  const real = published(record)
  return record.versions
    .map(({ version, state, change, publishedAt }): VersionModel => {
      const before = real.findLast((one) => one.version < version)
      const ended = record.retiredAt !== undefined && state === 'active'
      return {
        version,
        state: ended ? 'retired' : state === 'superseded' && publishedAt === undefined ? 'never' : state,
        change: before === undefined ? 'first' : change,
        ...(publishedAt === undefined ? {} : { publishedAt }),
        ...(publishedAt === undefined || before === undefined
          ? {}
          : {
              before: {
                version: before.version,
                href: `${href}?compare=${before.version}-${version}#difference`,
              },
            }),
      }
    })
    .reverse()
}

/** Two versions that were in force, as the address names them; nothing for anything else. */
function differenceOf({ id, record, registry }: PurposeFile, compared: string | undefined) {
  const [before, after] = (compared ?? '').split('-').map(Number)
  const real = record === undefined ? [] : published(record).map(({ version }) => version)
  if (before === undefined || after === undefined || !real.includes(before) || !real.includes(after))
    return {}
  const changes = changesOf(noticesOf(registry, id, before), noticesOf(registry, id, after))
  return { difference: { before, after, changes } }
}

export function purposeRoutes(deps: PurposesDeps): readonly Route[] {
  const show = async (
    request: PageRequest & { readonly query?: { readonly compare?: string | undefined } },
    id: string,
    extras?: PageExtras,
  ) => {
    const file = await purposeFile(deps, id)
    const language = deps.renderer.languageOf(request)
    const { record, copy, registry } = file
    const current = inForce(record)
    const counts = await deps.houseCounts.kept()
    const counted = counts.purposes.get(id)?.numbers
    const stuck = record?.versions.find(({ state }) => state === 'draft')?.version
    const href = purposePath(id)
    const model: PurposeModel = {
      id,
      title: titleOf(file, language),
      state: stateOf(record),
      href,
      ...(record?.retiredAt === undefined ? {} : { retiredAt: record.retiredAt }),
      ...(current === undefined
        ? {}
        : {
            inForce: {
              version: current.version,
              reconsentMin: current.reconsentMin,
              terms: termsOf({ purpose: current.proposed }, registry, language),
            },
          }),
      texts: noticesOf(registry, id, current?.version).map(({ textHash, ...notice }) => ({
        ...notice,
        hash: textHash,
      })),
      versions: versionsOf(record, href),
      ...answersOf(file, counts),
      ...(counted === undefined ? {} : { decided: counted.yes + counted.no }),
      ...differenceOf(file, request.query?.compare),
      ...(copy === undefined ? {} : { draft: { savedAt: copy.savedAt, revision: copy.revision } }),
      ...(stuck === undefined ? {} : { stuckDraft: stuck }),
    }
    return deps.renderer.show(request, PurposeView, model, extras)
  }
  const isRetired = async (id: string) => (await deps.purposes.find(id))?.retiredAt !== undefined
  const askToRetire = async (request: PageRequest, id: string, reason: string, extras?: PageExtras) => {
    const file = await purposeFile(deps, id)
    const { permitted } = await deps.counts.standing(id)
    return deps.renderer.show(
      request,
      PurposeRetireView,
      {
        title: titleOf(file, deps.renderer.languageOf(request)),
        href: purposePath(id),
        reason,
        permittedToday: permitted,
      },
      extras,
    )
  }
  const caller = { who: 'staff', power: 'purpose.change' } as const
  return [
    defineRoute({
      name: 'dpo.purpose',
      method: 'GET',
      path: '/dpo/purposes/:purpose',
      caller,
      params: ofPurpose,
      query: z.object({ compare: z.string().max(20).optional(), done: z.string().max(40).optional() }),
      answers: [200],
      handle: async (request) => show(request, request.params.purpose, noticeOf(request.query.done, told)),
    }),
    defineRoute({
      name: 'dpo.purpose.dpv',
      method: 'GET',
      path: '/dpo/purposes/:purpose/dpv',
      caller,
      params: ofPurpose,
      answers: [200],
      handle: async ({ params }) =>
        dpvFile((await purposeFile(deps, params.purpose)).registry, params.purpose),
    }),
    defineRoute({
      name: 'dpo.draft.discard',
      method: 'POST',
      path: '/dpo/purposes/:purpose/discard',
      caller,
      params: ofPurpose,
      body: { type: 'form', schema: z.strictObject({ revision: z.string().max(100).default('') }) },
      answers: [303, 422],
      handle: async (request) => {
        const { purpose } = request.params
        const { actor, evidence } = request
        const revision = parseId<'purpose-revision'>(request.body.revision)
        try {
          if (revision === undefined) await discardDraft(deps, { actor, evidence, purpose })
          else await discardWorkingCopy(deps, { actor, evidence, purpose, revision })
        } catch (error) {
          return show({ ...request, query: {} }, purpose, { formError: { code: refusalOf(error).code } })
        }
        await deps.registry.refresh()
        // Of a purpose that was never more than a draft nothing is left to look at.
        const left = (await deps.purposes.find(purpose)) !== undefined
        return seeOther(left ? `${purposePath(purpose)}?done=draft-discarded` : purposesPath)
      },
    }),
    defineRoute({
      name: 'dpo.purpose.retire',
      method: 'GET',
      path: '/dpo/purposes/:purpose/retire',
      caller,
      params: ofPurpose,
      answers: [200, 303],
      handle: async (request) => {
        const { purpose } = request.params
        return (await isRetired(purpose)) ? seeOther(purposePath(purpose)) : askToRetire(request, purpose, '')
      },
    }),
    defineRoute({
      name: 'dpo.purpose.retire.confirm',
      method: 'POST',
      path: '/dpo/purposes/:purpose/retire',
      caller,
      params: ofPurpose,
      body: { type: 'form', schema: z.strictObject({ reason: z.string().max(500).default('') }) },
      answers: [303, 422],
      handle: async (request) => {
        const { purpose } = request.params
        const reason = request.body.reason.trim()
        // The page tells when it ended: sent twice, or by two officers, it is done once.
        if (await isRetired(purpose)) return seeOther(purposePath(purpose))
        if (reason === '') {
          const fieldErrors = fieldErrorsOf([{ field: 'reason', code: 'retire-reason-missing' }])
          return askToRetire(request, purpose, request.body.reason, { fieldErrors })
        }
        try {
          const { actor, evidence } = request
          await retirePurpose(deps, { actor, evidence, purpose, reason })
        } catch (error) {
          if (refusalOf(error).code !== 'purpose-already-retired') throw error
          return seeOther(purposePath(purpose))
        }
        await deps.registry.refresh()
        return seeOther(`${purposePath(purpose)}?done=retired`)
      },
    }),
  ]
}
