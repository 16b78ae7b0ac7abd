import { invalid, notFound, refused } from '../../kernel/errors.ts'
import type { Attribute } from '../profile/index.ts'
import { previewClaims } from '../recipients/index.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { CallerField } from './call-views.ts'
import { fieldNeeds } from './field-needs.ts'
import { hidden, maskValue } from './mask-value.ts'
import { callEntry, verifiedCaller } from './on-call.ts'
import { reaches } from './verification-rules.ts'

/** For how long a field that was unmasked may stay on a screen. Nothing of it stays here: it was one answer. */
export const unmaskedSeconds = 30

const claimsOf = (attributes: readonly Attribute[]) => ({
  scopes: [],
  requestedClaims: attributes.map(({ claim }) => claim),
})

/**
 * What the house may use of the caller to serve them now, each value masked here: the one decision is asked for every
 * attribute in the name of the desk, for purposes of service. What is not permitted, or not known, is not in the list.
 * What this call's verification does not open is in it without a letter of its value.
 */
export async function callerFields(parts: CallParts, onCall: OnCall): Promise<readonly CallerField[]> {
  const { call, subjectId } = await verifiedCaller(parts, onCall, 'fields')
  const attributes = (await parts.catalogue.all()).filter((one) => fieldNeeds(one) !== undefined)
  const previewed = await previewClaims(parts.preview, {
    subjectId,
    clientId: parts.deskClient,
    ...claimsOf(attributes),
  })
  const fields = attributes.flatMap((attribute): readonly CallerField[] => {
    const needs = fieldNeeds(attribute)
    const known = previewed.find((one) => one.attribute === attribute.attributeId)
    if (needs === undefined || known?.permitted !== true || known.value === undefined) return []
    const unlocked = reaches(call.assurance, needs)
    return [
      {
        attribute: attribute.attributeId,
        labels: attribute.labels,
        masked: unlocked ? maskValue(attribute.attributeId, known.value) : hidden,
        needs,
        unlocked,
      },
    ]
  })
  const at = parts.clock.now()
  await parts.work(({ audit }) =>
    audit.record(
      callEntry('call.fields-read', onCall, call, at, {
        subjectId,
        facts: { attributes: fields.map(({ attribute }) => attribute) },
      }),
    ),
  )
  return fields
}

/**
 * Opens one field for one look, with the reason why. On record before it is opened, and as a disclosure to the desk: the
 * customer reads in their own pages that it was seen. The decision is asked again, at this moment.
 */
export async function unmaskField(
  parts: CallParts,
  command: OnCall & { readonly attribute: string; readonly reason: string },
): Promise<{ readonly attribute: string; readonly value: string; readonly until: Date }> {
  const reason = command.reason.trim()
  if (reason === '') {
    throw invalid('reason-missing', 'Say why you need to see this.', [
      { field: 'reason', code: 'reason.missing' },
    ])
  }
  const { call, subjectId } = await verifiedCaller(parts, command, 'fields')
  const attribute = (await parts.catalogue.all()).find((one) => one.attributeId === command.attribute)
  const needs = attribute && fieldNeeds(attribute)
  if (attribute === undefined) throw notFound('field-unknown', 'There is no such field.')
  if (needs === undefined || !reaches(call.assurance, needs)) {
    throw refused(
      'field-locked',
      'This needs a better verification, or is not shown on the telephone at all.',
    )
  }
  const at = parts.clock.now()
  await parts.work(({ audit }) =>
    audit.record(
      callEntry('call.field-unmasked', command, call, at, {
        subjectId,
        reason: reason.slice(0, 300),
        facts: { attribute: attribute.attributeId },
      }),
    ),
  )
  const claims = await parts.release({
    subjectId,
    clientId: parts.deskClient,
    exit: 'agent-console',
    ...claimsOf([attribute]),
  })
  const value = claims[attribute.claim]
  if (value === undefined) throw refused('field-locked', 'The house may not use this, or does not know it.')
  return {
    attribute: attribute.attributeId,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    until: new Date(at.getTime() + unmaskedSeconds * 1000),
  }
}
