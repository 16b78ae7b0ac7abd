import { z } from 'zod'
import type { Id, SubjectId } from '../../../kernel/ids.ts'
import type { SubjectSealer } from '../../../platform/crypto/index.ts'
import type { PushSubscription } from './push-subscription.ts'

export type PushBrowserId = Id<'push-browser'>

/** A browser that a person lets us ring. */
export interface PushBrowser extends PushSubscription {
  readonly subjectId: SubjectId
  readonly browserId: PushBrowserId
  /** Which key of the house it subscribed with. */
  readonly keyId: string
  /** Tells the person's browsers apart, without telling which they are. */
  readonly mark: string
  /** As its family is called, such as "Firefox". */
  readonly label: string
  readonly createdAt: Date
}

/** As it lies in its row: where and how it is rung is sealed. */
export interface StoredPushBrowser
  extends Pick<PushBrowser, 'subjectId' | 'browserId' | 'keyId' | 'createdAt'> {
  readonly endpointIndex: Uint8Array
  readonly sealedSubscription: Uint8Array
}

const placeOf = (browserId: PushBrowserId) => ({
  table: 'push_browsers',
  column: 'sealed_subscription',
  row: browserId,
})

const sealedShape = z.strictObject({
  endpoint: z.string(),
  p256dh: z.string(),
  auth: z.string(),
  mark: z.string(),
  label: z.string(),
})

type Sealed = z.infer<typeof sealedShape>

export const sealPushBrowser = (
  sealer: Pick<SubjectSealer, 'sealText'>,
  of: Pick<PushBrowser, 'subjectId' | 'browserId'>,
  { endpoint, p256dh, auth, mark, label }: Sealed,
): Promise<Uint8Array> =>
  sealer.sealText(
    of.subjectId,
    placeOf(of.browserId),
    JSON.stringify({ endpoint, p256dh, auth, mark, label }),
  )

export async function openPushBrowser(
  sealer: Pick<SubjectSealer, 'openText'>,
  { subjectId, browserId, keyId, createdAt, sealedSubscription }: StoredPushBrowser,
): Promise<PushBrowser> {
  const text = await sealer.openText(subjectId, placeOf(browserId), sealedSubscription)
  return { subjectId, browserId, keyId, createdAt, ...sealedShape.parse(JSON.parse(text)) }
}
