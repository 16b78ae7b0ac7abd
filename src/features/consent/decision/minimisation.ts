import type { Rule } from './matter.ts'
import { deny } from './matter.ts'

/** Rule 3. A purpose uses the attributes it lists and no other, even with a consent (GDPR Art. 5(1)(c)). */
export const minimisation: Rule = ({ query, purpose }) =>
  purpose.attributes.includes(query.attribute) ? undefined : deny('ATTRIBUTE_NOT_IN_PURPOSE')
