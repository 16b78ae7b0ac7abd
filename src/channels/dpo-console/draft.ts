import { z } from 'zod'
import { noticeParts, PurposeDraftView, termParts } from '../../../views/staff/purpose-draft.tsx'
import { type PurposeDocument, saveWorkingCopy } from '../../features/consent/index.ts'
import type { FieldIssue } from '../../kernel/errors.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import { noticeOf, ofPurpose } from './purpose.ts'
import {
  documentOf,
  inForce,
  noticesOf,
  type PurposeFile,
  purposeFile,
  refusalOf,
  seenIn,
  seenMark,
  surfaceOf,
  surfacesLeft,
  textsOf,
  titleOf,
  withFreeNumbers,
  withWordsFor,
} from './purpose-file.ts'
import { findingsOf, termsOf } from './purpose-findings.ts'
import { type PurposesDeps, purposePath } from './purposes-deps.ts'

type Values = Readonly<Record<string, string>>

/** Long texts in several languages do not fit into what a form of ours usually takes. */
const maxBytes = 512 * 1024

/** Named by the wordings and languages of the document: as many as forms of ours have, and nothing else (R106). */
const fieldShape =
  /^(?:(?:title|summary|text)\.\d{1,3}|(?:retention|howToStop)\.[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}|change|seen|add)$/i
const draftBody = z
  .record(z.string().max(60), z.string().max(50_000))
  .refine((fields) => Object.keys(fields).length <= 400, 'code:too-many-fields')
  .refine((fields) => Object.keys(fields).every((name) => fieldShape.test(name)), 'code:field-unknown')

const languagesOf = ({ purpose, notices }: PurposeDocument): readonly string[] => [
  ...new Set([...Object.keys(purpose.retention), ...notices.map(({ language }) => language)]),
]

/** A document as the fields of the form. */
const valuesOf = (document: PurposeDocument): Values =>
  Object.fromEntries([
    ...document.notices.flatMap((notice, place) =>
      noticeParts.map((part) => [`${part}.${place}`, notice[part]]),
    ),
    ...termParts.flatMap((part) =>
      languagesOf(document).map((language) => [
        `${part}.${language}`,
        document.purpose[part][language] ?? '',
      ]),
    ),
  ])

const localised = (values: Values, part: string, languages: readonly string[]) =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const words = values[`${part}.${language}`]?.trim() ?? ''
      return words === '' ? [] : [[language, words]]
    }),
  )

/** The document with the words that were typed, or what is missing of them. Only the fields that it has are looked at. */
function written(base: PurposeDocument, values: Values): PurposeDocument | readonly FieldIssue[] {
  const { change } = values
  const empty = Object.keys(valuesOf(base))
    .filter((field) => (values[field] ?? '').trim() === '')
    .map((field) => ({ field, code: 'words-empty' }))
  if (change !== 'editorial' && change !== 'material') {
    return [{ field: 'change', code: 'change-missing' }, ...empty]
  }
  if (empty.length > 0) return empty
  const typed = (field: string): string => (values[field] ?? '').replaceAll('\r\n', '\n').trim()
  const languages = languagesOf(base)
  return {
    purpose: {
      ...base.purpose,
      change,
      retention: localised(values, 'retention', languages),
      howToStop: localised(values, 'howToStop', languages),
    },
    notices: base.notices.map((notice, place) => ({
      ...notice,
      title: typed(`title.${place}`),
      summary: typed(`summary.${place}`),
      text: typed(`text.${place}`),
    })),
  }
}

const isIncomplete = (one: PurposeDocument | readonly FieldIssue[]): one is readonly FieldIssue[] =>
  Array.isArray(one)

export function draftRoutes(deps: PurposesDeps): readonly Route[] {
  const show = (
    request: PageRequest,
    file: PurposeFile,
    document: PurposeDocument,
    shown: { readonly typed?: Values; readonly beside?: 'in-force' | 'stored' },
    extras?: PageExtras,
  ) => {
    const language = deps.renderer.languageOf(request)
    const { typed, beside = 'in-force' } = shown
    const saved = typed === undefined && file.copy !== undefined
    const current = noticesOf(file.registry, file.id, inForce(file.record)?.version)
    return deps.renderer.show(
      request,
      PurposeDraftView,
      {
        title: titleOf(file, language),
        href: purposePath(file.id),
        documentHref: `${purposePath(file.id)}/document`,
        values: {
          ...valuesOf(document),
          ...(file.copy === undefined ? {} : { change: document.purpose.change }),
          ...typed,
          seen: seenMark(file),
        },
        texts: textsOf(document, beside === 'stored' ? document.notices : current),
        languages: languagesOf(document),
        terms: termsOf(document, file.registry, language),
        findings: saved ? findingsOf(document, file.registry, language) : [],
        saved,
        beside,
        addable: surfacesLeft(document),
      },
      extras,
    )
  }
  const caller = { who: 'staff', power: 'purpose.change' } as const
  return [
    defineRoute({
      name: 'dpo.draft',
      method: 'GET',
      path: '/dpo/purposes/:purpose/draft',
      caller,
      params: ofPurpose,
      query: z.object({ done: z.string().max(40).optional() }),
      answers: [200, 303],
      handle: async (request) => {
        const file = await purposeFile(deps, request.params.purpose)
        const document = documentOf(file)
        if (document === undefined || file.record?.retiredAt !== undefined)
          return seeOther(purposePath(file.id))
        return show(request, file, document, {}, noticeOf(request.query.done, { saved: 'flash.draft-saved' }))
      },
    }),
    defineRoute({
      name: 'dpo.draft.save',
      method: 'POST',
      path: '/dpo/purposes/:purpose/draft',
      caller,
      params: ofPurpose,
      body: {
        type: 'form',
        schema: draftBody,
        maxBytes,
      },
      answers: [303, 422],
      handle: async (request) => {
        const { actor, evidence, body } = request
        const file = await purposeFile(deps, request.params.purpose)
        const base = documentOf(file)
        if (base === undefined) return seeOther(purposePath(file.id))
        // Looked at first: a document with other wordings would read the typed words into the wrong places.
        if (body['seen'] !== undefined && body['seen'] !== seenMark(file)) {
          const formError = { code: 'purpose-changed-meanwhile' }
          return show(request, file, base, { typed: body, beside: 'stored' }, { formError })
        }
        const typed = written(base, body)
        if (isIncomplete(typed)) {
          return show(request, file, base, { typed: body }, { fieldErrors: fieldErrorsOf(typed) })
        }
        const more = body['add'] === undefined ? undefined : surfaceOf(body['add'])
        const document = more === undefined ? typed : withWordsFor(more, typed, file)
        try {
          await saveWorkingCopy(
            { ...deps, registry: file.registry },
            {
              actor,
              evidence,
              document: withFreeNumbers(document, file.registry),
              seen: seenIn(body['seen'] ?? ''),
            },
          )
        } catch (error) {
          const { code, issues } = refusalOf(error)
          const here = issues.filter(({ field }) => field === 'change')
          const again = code === 'purpose-changed-meanwhile'
          return show(
            request,
            again ? await purposeFile(deps, file.id) : file,
            base,
            { typed: body, ...(again ? { beside: 'stored' as const } : {}) },
            here.length > 0 ? { fieldErrors: fieldErrorsOf(here) } : { formError: { code } },
          )
        }
        const place = document.notices.findIndex(({ surface }) => surfaceOf(surface) === more)
        const there = more === undefined || place < 0 ? '' : `#text-${place}`
        return seeOther(`${purposePath(file.id)}/draft?done=saved${there}`)
      },
    }),
  ]
}
