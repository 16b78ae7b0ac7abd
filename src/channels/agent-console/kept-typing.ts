import { z } from 'zod'
import { findStaffSession } from '../../features/staff/index.ts'
import type { Actor } from '../../kernel/actor.ts'
import { type Answer, type Cookie, seeOther } from '../../platform/web/answer.ts'
import { cookieName } from '../../platform/web/cookies.ts'
import type { PausedForm } from '../../platform/web/route.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { deskPath } from './paths.ts'

/** Long enough to put the key in, and no longer: it may be a customer's words. */
const keptSeconds = 300
/** Browsers keep no cookie longer than 4096 bytes with its name and attributes (RFC 6265, 6.1). */
const longestCookie = 3_600

const keptShape = z.strictObject({
  staffId: z.string(),
  page: z.string(),
  fields: z.record(z.string(), z.string()),
})
export type Typed = Readonly<Record<string, string>>

const nameFor = (https: boolean): string => cookieName('placet_typed', https)

/** The page whose form this was: steps of a call's own page come back to that page. */
function pageOf(path: string): string {
  const [, call, step] = /^\/staff\/calls\/([\w-]{1,64})(?:\/([\w-]+))?/.exec(path) ?? []
  // The address that a telephone opens has a number in it: it goes on as what was typed, and into no other address.
  if (call === undefined || call === 'pop') return deskPath
  const own = step === 'choices' || step === 'request' || step === 'wrap-up'
  return own ? `${deskPath}/${call}/${step}` : `${deskPath}/${call}`
}

/** What a person wrote themselves, with the words an answer was given to; what else the page put there, and codes, are not. */
const written = (fields: unknown): Typed => {
  const read = z.record(z.string().max(120), z.string().max(2_000)).safeParse(fields)
  if (!read.success) return {}
  const isWritten = (name: string): boolean =>
    name.startsWith('shown.')
      ? read.data[name.replace('shown.', 'choice.')] !== undefined
      : !/^(code|was\.)/.test(name)
  return Object.fromEntries(
    Object.entries(read.data).filter(([name, value]) => isWritten(name) && value !== ''),
  )
}

/**
 * A form that came after the pause: its sender confirms with their passkey and finds it again as they had filled it in. It is
 * carried by the browser, sealed, and only for the member of staff whose session it was.
 */
export const afterPause =
  (deps: AgentConsoleDeps) =>
  async ({ path, fields, cookie }: PausedForm): Promise<Answer> => {
    const page = pageOf(path)
    const session = await findStaffSession(deps, cookie(deps.staffCookie), false)
    const until = new Date(deps.calls.clock.now().getTime() + keptSeconds * 1000)
    const value =
      session &&
      deps.sealedTokens.sealToken(
        'call-typed',
        { staffId: session.staffId, page, fields: written(fields) },
        until,
      )
    const kept: readonly Cookie[] =
      value === undefined || value.length > longestCookie
        ? []
        : [{ name: nameFor(deps.https), value, path: deskPath, maxAgeSeconds: keptSeconds }]
    return seeOther(deps.confirmAt(page), kept)
  }

/** What this member of staff had typed on this page when they were locked out, once. */
export function typedBefore(
  deps: AgentConsoleDeps,
  request: { readonly actor: Actor; readonly path: string; cookie(name: string): string | undefined },
): { readonly typed: Typed; readonly cookies: readonly Cookie[] } {
  const name = nameFor(deps.https)
  const sealed = request.cookie(name)
  if (sealed === undefined) return { typed: {}, cookies: [] }
  const kept = keptShape.safeParse(deps.sealedTokens.openToken('call-typed', sealed, deps.calls.clock.now()))
  const { actor, path } = request
  const theirs =
    kept.success && actor.kind === 'staff' && kept.data.staffId === actor.staffId && kept.data.page === path
  return { typed: theirs ? kept.data.fields : {}, cookies: [{ name, value: undefined, path: deskPath }] }
}
