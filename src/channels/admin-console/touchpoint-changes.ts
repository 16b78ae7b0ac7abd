import { z } from 'zod'
import {
  type TouchpointChanges,
  type TouchpointDraft,
  touchpointKinds,
} from '../../features/touchpoints/index.ts'
import { type FieldIssue, PlacetError } from '../../kernel/errors.ts'

const field = (most: number) => z.string().max(most).default('')

const place = { name: field(200), city: field(200), country: field(20), networks: field(2_000) }
export const newPlaceForm = z.strictObject({ ...place, id: field(100), kind: field(20), parent: field(100) })
export const placeForm = z.strictObject(place)
export const revokeForm = z.strictObject({ revoke_reason: field(500) })
export const closeForm = z.strictObject({ close_reason: field(500) })

type PlaceForm = z.infer<typeof placeForm>

const rangesIn = (typed: string): readonly string[] => typed.split(/[\s,;]+/).filter(Boolean)
const orNothing = (typed: string): string | null => (typed.trim() === '' ? null : typed)

export function draftOf({ id, kind, parent, ...rest }: z.infer<typeof newPlaceForm>): TouchpointDraft {
  const city = orNothing(rest.city)
  const country = orNothing(rest.country)
  return {
    id: id.trim(),
    kind: touchpointKinds.find((one) => one === kind) ?? 'store',
    name: rest.name,
    networks: rangesIn(rest.networks),
    ...(parent === '' ? {} : { parent }),
    ...(city === null ? {} : { city }),
    ...(country === null ? {} : { country }),
  }
}

export const changesOf = ({ name, city, country, networks }: PlaceForm): TouchpointChanges => ({
  name,
  city: orNothing(city),
  country: orNothing(country),
  networks: rangesIn(networks),
})

/** What was wrong with a form, as the errors of its fields. Anything that no field can repair goes on. */
export function wrongIn(error: unknown, reasonField = 'reason'): readonly FieldIssue[] {
  if (!(error instanceof PlacetError)) throw error
  switch (error.code) {
    case 'touchpoint-exists':
      return [{ field: 'id', code: 'touchpoint.exists' }]
    case 'reason-missing':
      return [{ field: reasonField, code: 'reason-missing' }]
    case 'touchpoint-unknown':
    case 'touchpoint-closed':
      return [{ field: 'parent', code: 'touchpoint.unknown' }]
    case 'touchpoint-invalid':
    case 'touchpoint-misplaced':
      return error.issues
    default:
      throw error
  }
}
