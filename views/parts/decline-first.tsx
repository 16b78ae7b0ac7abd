import { Button } from './button.tsx'

/**
 * The ways out of a question that somebody else may have started: first and focused, so that a hasty Enter says no. A page
 * with them has `#only-if` and `#not-if`, which tell when to say what.
 */
export function DeclineFirst({ decline, report }: { decline: string; report: string }) {
  return (
    <div class="stack stack--close">
      <button
        type="submit"
        class="button button--even button--wide"
        name="decision"
        value="decline"
        aria-describedby="only-if not-if"
        autofocus
      >
        {decline}
      </button>
      <Button weight="even" wide name="decision" value="report">
        {report}
      </Button>
    </div>
  )
}
