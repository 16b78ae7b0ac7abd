import type { Attribute } from '../profile/index.ts'
import type { CallAssurance } from './call.ts'

/**
 * The least assurance that opens an attribute on the telephone. What is ordinary opens with any verification; what is
 * sensitive only with the person's own device, since a code can be read off somebody else's locked screen; what is special
 * (GDPR Art. 9) never: the caller can look at it on their own pages.
 */
const needs: Readonly<Record<Attribute['sensitivity'], CallAssurance | undefined>> = {
  personal: 'code',
  sensitive: 'own-device',
  special: undefined,
}

export const fieldNeeds = ({ sensitivity }: Pick<Attribute, 'sensitivity'>): CallAssurance | undefined =>
  needs[sensitivity]
