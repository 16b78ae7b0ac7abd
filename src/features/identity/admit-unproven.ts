import type { Entropy } from '../../kernel/ids.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import type { EmailAddress } from './email-address.ts'
import { emailIndex, identifierPlace } from './identifier.ts'
import type { IdentityStores } from './identity-stores.ts'
import type { UnprovenIdentifier } from './prove-address.ts'

export type AdmittedUnproven =
  | { readonly outcome: 'newcomer' | 'waiting'; readonly whose: UnprovenIdentifier }
  | { readonly outcome: 'account' }

/**
 * The lightest form of a person: an address that somebody told us, proven by nobody, without anything to sign in with. Of
 * many at once for one address one is the newcomer; whoever waits already is found again; an account is left alone.
 * For a unit of the caller's, which says on record why it knows the address.
 */
export async function admitUnproven(
  deps: { readonly sealer: SubjectSealer; readonly blindIndex: BlindIndex; readonly entropy: Entropy },
  tx: Pick<IdentityStores, 'subjects' | 'subjectKeys' | 'identifiers'>,
  told: {
    readonly email: EmailAddress
    readonly language: string
    readonly jurisdiction: string
    readonly at: Date
  },
): Promise<AdmittedUnproven> {
  const { email, language, jurisdiction, at } = told
  const index = emailIndex(deps.blindIndex, email)
  const whose = {
    subjectId: deps.entropy.id<'subject'>(),
    identifierId: deps.entropy.id<'identifier'>(),
  }
  if (!(await tx.identifiers.claim(index, { kind: 'email', ...whose }))) {
    const waiting = await tx.identifiers.findUnproven(index)
    return waiting === undefined ? { outcome: 'account' } : { outcome: 'waiting', whose: waiting }
  }
  const { subjectId, identifierId } = whose
  await tx.subjects.insert({ subjectId, state: 'active', jurisdiction, language, createdAt: at })
  await tx.subjectKeys.insert(await deps.sealer.create(subjectId))
  await tx.identifiers.insert({
    subjectId,
    identifierId,
    kind: 'email',
    sealedValue: await deps.sealer.sealText(subjectId, identifierPlace(identifierId), email),
    verifiedAt: undefined,
    createdAt: at,
  })
  return { outcome: 'newcomer', whose }
}
