import { z } from 'zod'
import type { ChangePosition } from '../../features/delivery/index.ts'
import { gone } from '../../kernel/errors.ts'
import { isId, type SubjectId } from '../../kernel/ids.ts'
import type { ApiDeps } from './api-deps.ts'

/**
 * Where a reader of permissions is. It begins by walking everybody, holding on to the position in the order of changes at
 * which it began; then it follows the changes from there. Nothing between the two is lost: what changed meanwhile comes
 * again.
 */
export interface PermissionCursor {
  readonly client: string
  readonly purpose: string
  readonly contactChannel: string
  readonly campaignCategory: string | undefined
  /** While walking: the last person seen, or null before the first. */
  readonly walking: SubjectId | null | undefined
  readonly changes: ChangePosition
}

const shape = z.object({
  c: z.string(),
  p: z.string(),
  h: z.string(),
  g: z.string().optional(),
  w: z.union([z.string(), z.null()]).optional(),
  x: z.string().regex(/^\d{1,20}$/),
  s: z.string(),
  v: z.number(),
})

const purpose = 'api-permissions-cursor'
const livesMs = 90 * 86_400_000

type Parts = Pick<ApiDeps, 'sealedTokens' | 'clock'>

/** Sealed: it holds an internal id, and a reader could otherwise write itself another's place. */
export const writeCursor = ({ sealedTokens, clock }: Parts, at: PermissionCursor): string =>
  sealedTokens.sealToken(
    purpose,
    {
      c: at.client,
      p: at.purpose,
      h: at.contactChannel,
      ...(at.campaignCategory === undefined ? {} : { g: at.campaignCategory }),
      ...(at.walking === undefined ? {} : { w: at.walking }),
      x: at.changes.transaction,
      s: at.changes.subjectId,
      v: at.changes.version,
    },
    new Date(clock.now().getTime() + livesMs),
  )

export const cursorGone = () =>
  gone('cursor-gone', 'This cursor is not one of this list, or too old. Begin again without changed_since.')

export function readCursor(
  { sealedTokens, clock }: Parts,
  text: string,
  expected: Omit<PermissionCursor, 'walking' | 'changes'>,
): PermissionCursor {
  const opened = shape.safeParse(sealedTokens.openToken(purpose, text, clock.now()))
  if (!opened.success) throw cursorGone()
  const { c, p, h, g, w, x, s, v } = opened.data
  const { client, purpose: asked, contactChannel, campaignCategory } = expected
  if (c !== client || p !== asked || h !== contactChannel || g !== campaignCategory) throw cursorGone()
  return {
    ...expected,
    walking: w === undefined ? undefined : isId(w) ? (w as SubjectId) : null,
    changes: { transaction: x, subjectId: s, version: v },
  }
}
