import { z } from 'zod'
import { PurposeDocumentView } from '../../../views/staff/purpose-document.tsx'
import { type PurposeDocument, purposeDocumentShape, saveWorkingCopy } from '../../features/consent/index.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import { ofPurpose } from './purpose.ts'
import {
  documentOf,
  findPurpose,
  type PurposeFile,
  purposeFile,
  refusalOf,
  seenIn,
  seenMark,
  withFreeNumbers,
} from './purpose-file.ts'
import { type PurposesDeps, purposePath, purposesPath } from './purposes-deps.ts'

const fields = z.strictObject({
  document: z.string().max(400_000).default(''),
  seen: z.string().max(100).default(''),
})

const newPath = '/dpo/purpose-document'

/** What is wrong with a pasted document: where, and in which way. */
interface Unfit {
  readonly code: 'document-unreadable' | 'document-shape' | 'document-other-purpose'
  readonly problems: readonly string[]
}

/** One text for each language and surface, none of them blank: what a schema cannot say. */
function oddTexts({ notices }: PurposeDocument): readonly string[] {
  const places = notices.map(({ language, surface }) => `${language} ${surface ?? 'screen'}`)
  return notices.flatMap((notice, place) => [
    ...(['title', 'summary', 'text'] as const)
      .filter((part) => notice[part].trim() === '')
      .map((part) => `notices.${place}.${part}: empty`),
    ...(places.indexOf(places[place] ?? '') < place ? [`notices.${place}: repeated (${places[place]})`] : []),
  ])
}

function readDocument(text: string, purpose: string | undefined): PurposeDocument | Unfit {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return { code: 'document-unreadable', problems: [] }
  }
  const read = purposeDocumentShape.safeParse(given)
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || '.'}: ${message}`)
    return { code: 'document-shape', problems }
  }
  if (purpose !== undefined && read.data.purpose.id !== purpose) {
    return { code: 'document-other-purpose', problems: [`purpose.id: ${read.data.purpose.id} ≠ ${purpose}`] }
  }
  const problems = oddTexts(read.data)
  return problems.length > 0 ? { code: 'document-shape', problems } : read.data
}

const isUnfit = (one: PurposeDocument | Unfit): one is Unfit => 'code' in one

/** The next version pasted as one document: the same that the command line takes. */
export function purposeDocumentRoutes(deps: PurposesDeps): readonly Route[] {
  const show = (
    request: PageRequest,
    purpose: string | undefined,
    shown: { readonly document: string; readonly seen: string; readonly problems?: readonly string[] },
    extras?: PageExtras,
  ) =>
    deps.renderer.show(
      request,
      PurposeDocumentView,
      {
        problems: [],
        ...shown,
        action: purpose === undefined ? newPath : `${purposePath(purpose)}/document`,
        backHref: purpose === undefined ? purposesPath : purposePath(purpose),
      },
      extras,
    )
  const save = async (
    request: GuardedRequest<unknown, unknown, z.infer<typeof fields>>,
    file: PurposeFile | undefined,
  ) => {
    const { actor, evidence, body } = request
    const typed = { document: body.document, seen: body.seen }
    const read = readDocument(body.document, file?.id)
    if (isUnfit(read)) {
      const fieldErrors = fieldErrorsOf([{ field: 'document', code: read.code }])
      return show(request, file?.id, { ...typed, problems: read.problems }, { fieldErrors })
    }
    const registry = file?.registry ?? (await deps.registry.refresh())
    try {
      const document = withFreeNumbers(read, registry)
      await saveWorkingCopy({ ...deps, registry }, { actor, evidence, document, seen: seenIn(body.seen) })
    } catch (error) {
      const { code, issues } = refusalOf(error)
      const now = await findPurpose(deps, read.purpose.id)
      const problems = issues.map(({ field, code: what }) => `${field}: ${what}`)
      return show(request, file?.id, { ...typed, seen: seenMark(now), problems }, { formError: { code } })
    }
    return seeOther(`${purposePath(read.purpose.id)}/draft?done=saved`)
  }
  const caller = { who: 'staff', power: 'purpose.change' } as const
  const body = { type: 'form', schema: fields, maxBytes: 1024 * 1024 } as const
  return [
    defineRoute({
      name: 'dpo.purpose.propose',
      method: 'GET',
      path: newPath,
      caller,
      answers: [200],
      handle: async (request) => show(request, undefined, { document: '', seen: seenMark(undefined) }),
    }),
    defineRoute({
      name: 'dpo.purpose.propose.save',
      method: 'POST',
      path: newPath,
      caller,
      body,
      answers: [303, 422],
      handle: async (request) => save(request, undefined),
    }),
    defineRoute({
      name: 'dpo.document',
      method: 'GET',
      path: '/dpo/purposes/:purpose/document',
      caller,
      params: ofPurpose,
      answers: [200],
      handle: async (request) => {
        const file = await purposeFile(deps, request.params.purpose)
        const document = JSON.stringify(documentOf(file) ?? {}, null, 2)
        return show(request, file.id, { document, seen: seenMark(file) })
      },
    }),
    defineRoute({
      name: 'dpo.document.save',
      method: 'POST',
      path: '/dpo/purposes/:purpose/document',
      caller,
      params: ofPurpose,
      body,
      answers: [303, 422],
      handle: async (request) => save(request, await purposeFile(deps, request.params.purpose)),
    }),
  ]
}
