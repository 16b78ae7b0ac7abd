/**
 * Profile: what is known of a person, attribute by attribute, as assertions with their provenance. The catalogue says
 * which attributes exist, what a value may be and why it is asked for; the person declares, others may observe or vouch;
 * a newer assertion supersedes an older one and overwrites nothing. Who may be given a value is consent's word.
 */
export type { AssertionReads, ProfileStores } from './assertion-store.ts'
export { assertionPlace } from './assertion-store.ts'
export { type Attribute, type AttributeValue, type ValueSchema, wordsIn } from './attribute.ts'
export { type AttributeCatalogue, attributeCatalogue } from './attribute-catalogue.ts'
export { readTypedValue } from './attribute-value.ts'
export { type Declaration, declareAttributes, declareAttributesWithin } from './declare-attributes.ts'
export { profileEvents } from './events.ts'
export { profilePersonalData } from './personal-data.ts'
export { pgAssertionReads } from './pg-assertion-store.ts'
export { pgAttributeReads, putAttribute } from './pg-attributes.ts'
export { pgProfileStores } from './pg-profile-stores.ts'
export { type KnownValue, type ReadProfileDeps, readProfile } from './read-profile.ts'
