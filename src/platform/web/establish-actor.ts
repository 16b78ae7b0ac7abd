import { meets } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { needsStepUp, refused, unauthenticated } from '../../kernel/errors.ts'
import type { Authenticated, Gatekeepers } from './ports.ts'
import type { Caller, Exchange } from './route.ts'

/**
 * Finds out who acts, or refuses. Nothing in a path, query or body ever names the actor (R106): it is always the one
 * that the gatekeeper recognised.
 */
export async function establishActor(
  caller: Caller,
  exchange: Exchange,
  gatekeepers: Gatekeepers,
  clock: Clock,
): Promise<Pick<Authenticated, 'actor' | 'touchpoint'>> {
  switch (caller.who) {
    case 'anyone':
      return { actor: { kind: 'anonymous' } }
    case 'subject': {
      const found = await gatekeepers.subject(exchange)
      if (found?.actor.kind !== 'subject')
        throw unauthenticated('sign-in-needed', 'Sign in to see this page.')
      if (caller.assurance !== undefined && !meets(found.actor.assurance, caller.assurance)) {
        throw needsStepUp('step-up-needed', 'This needs a stronger proof that it is you.')
      }
      const age = (clock.now().getTime() - found.authenticatedAt.getTime()) / 1000
      if (caller.maxAgeSeconds !== undefined && age > caller.maxAgeSeconds) {
        throw needsStepUp('sign-in-too-old', 'Confirm that it is still you.')
      }
      return found
    }
    case 'kiosk-visitor': {
      const found = await gatekeepers.kioskVisitor?.(exchange)
      if (found?.actor.kind !== 'subject')
        throw unauthenticated('kiosk-visit-over', 'This visit is over. Begin again on the screen.')
      return found
    }
    case 'staff': {
      const found = await gatekeepers.staff(exchange, { attended: caller.unattended !== true })
      if (found?.actor.kind !== 'staff')
        throw unauthenticated('staff-sign-in-needed', 'Sign in as staff to see this page.')
      if (!gatekeepers.staffMay(found.actor, caller.power)) {
        throw refused('power-missing', 'Your role does not allow this.')
      }
      const { idleSeconds } = caller
      // Where nobody measured the pause, it is taken for too long.
      if (idleSeconds !== undefined && (found.longestPauseSeconds ?? Infinity) > idleSeconds) {
        throw needsStepUp('staff-session-idle', 'Confirm that it is still you.')
      }
      return found
    }
    case 'client': {
      const found = await gatekeepers.client(exchange)
      if (found?.actor.kind !== 'client') throw unauthenticated('token-needed', 'Send a valid access token.')
      if (!gatekeepers.clientMay(found.actor, caller.scope)) {
        throw refused('scope-missing', `This needs the scope ${caller.scope}.`)
      }
      return found
    }
  }
}
