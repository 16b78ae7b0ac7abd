import type { Fixture } from '../fixture.ts'
import { exampleMenu } from './example-menu.ts'

/** The states of a page as an officer meets it: under the menu, in the part about people. */
export const underPeople = <Model>(
  states: Readonly<Record<string, Fixture<Model>>>,
): Readonly<Record<string, Fixture<Model>>> =>
  Object.fromEntries(
    Object.entries(states).map(([name, state]) => [
      name,
      { ...state, page: { menu: exampleMenu('/dpo/people'), ...state.page } },
    ]),
  )
