import type { Route } from '../../platform/web/route.ts'
import { explainRoutes } from './explain-decision.ts'
import { announce, lift } from './lift-restriction.ts'
import { measureRoutes } from './measure.ts'
import { override } from './override-objection.ts'
import { peopleRoutes } from './people.ts'
import { personRoutes } from './person.ts'
import type { PersonDeps } from './person-deps.ts'
import { restrict } from './restrict.ts'
import { liftSuppressed, suppress } from './suppress.ts'

/** Everything about one person: finding them, how they stand, what is decided about them, and why a use is allowed. */
export const personConsoleRoutes = (deps: PersonDeps): readonly Route[] => [
  ...peopleRoutes(deps),
  ...personRoutes(deps),
  ...measureRoutes(deps, restrict(deps)),
  ...measureRoutes(deps, announce(deps)),
  ...measureRoutes(deps, lift(deps)),
  ...measureRoutes(deps, override(deps)),
  ...measureRoutes(deps, suppress(deps)),
  ...measureRoutes(deps, liftSuppressed(deps)),
  ...explainRoutes(deps),
]
