import { z } from 'zod'
import { YourDetailsView } from '../../../views/sign-in/your-details.tsx'
import {
  type Attribute,
  declareAttributes,
  readProfile,
  readTypedValue,
  wordsIn,
} from '../../features/profile/index.ts'
import { notFound } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'
import { yourDataPath } from './your-data.ts'

const inputTypes = { date: 'date', phone: 'tel', email: 'email' } as const

const params = z.strictObject({ attribute: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/) })

/** The value of one field, named after the attribute; any other field is refused in the handler (R106). */
const body = z.record(z.string().max(64), z.string().max(4000))

interface Editable {
  readonly attribute: Attribute
  readonly value: string
}

/** What a person said of themselves they may say anew. What was issued or seen is corrected by a request, not here. */
async function editable(
  deps: PrivacyCentreDeps,
  subjectId: SubjectId,
  attributeId: string,
): Promise<Editable> {
  const [values, catalogue] = await Promise.all([readProfile(deps, subjectId), deps.catalogue.all()])
  const held = values.find((one) => one.attributeId === attributeId)
  const attribute = catalogue.find((one) => one.attributeId === attributeId)
  if (attribute === undefined || held?.provenance !== 'declared') {
    throw notFound('value-not-editable', 'There is no such value to change.')
  }
  return { attribute, value: String(held.value) }
}

function showEdit(
  deps: PrivacyCentreDeps,
  request: GuardedRequest,
  { attribute, value }: Editable,
  extras: PageExtras = {},
): Answer {
  const language = deps.renderer.languageOf(request)
  const { format } = attribute.valueSchema
  const type = format === 'date' || format === 'phone' || format === 'email' ? inputTypes[format] : undefined
  const why = wordsIn(attribute.reasons, language)
  return deps.renderer.show(
    request,
    YourDetailsView,
    {
      fields: [
        {
          id: attribute.attributeId,
          label: { text: wordsIn(attribute.labels, language) ?? attribute.attributeId },
          optional: true,
          value,
          ...(why === undefined ? {} : { why: { text: why } }),
          ...(type === undefined ? {} : { type }),
        },
      ],
      backHref: yourDataPath,
    },
    extras,
  )
}

/** Correcting what one said (GDPR Art. 16): the earlier value is superseded, and leaving the field blank takes it back. */
export const editValueRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.edit-value',
    method: 'GET',
    path: `${yourDataPath}/:attribute`,
    caller: { who: 'subject' },
    params,
    answers: [200],
    handle: async (request) =>
      showEdit(deps, request, await editable(deps, subjectOf(request), request.params.attribute)),
  }),
  defineRoute({
    name: 'privacy-centre.edit-value.save',
    method: 'POST',
    path: `${yourDataPath}/:attribute`,
    caller: { who: 'subject' },
    params,
    body: { type: 'form', schema: body },
    answers: [303, 422],
    handle: async (request) => {
      const subjectId = subjectOf(request)
      const { attribute: attributeId } = request.params
      const found = await editable(deps, subjectId, attributeId)
      const { [attributeId]: typed = '', ...foreign } = request.body
      if (Object.keys(foreign).length > 0) {
        return showEdit(deps, request, found, { formError: { code: 'unexpected' } })
      }
      const read = readTypedValue(found.attribute, typed)
      if (read.issue !== undefined) {
        return showEdit(
          deps,
          request,
          { ...found, value: typed },
          { fieldErrors: [{ field: attributeId, code: read.issue }] },
        )
      }
      await declareAttributes(deps, {
        subjectId,
        declarations: [{ attributeId, value: read.value }],
        provenance: 'declared',
        source: 'web:privacy-centre',
        actor: request.actor,
        evidence: evidenceOf(request, deps.renderer.languageOf(request)),
      })
      return seeOther(`${yourDataPath}?done=saved`)
    },
  }),
]
