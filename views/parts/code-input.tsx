import { Field, type FieldProps } from './field.tsx'

/** One field, not six: it can be pasted into, and phones offer the code from the message. */
export function CodeInput(props: FieldProps & { length: number }) {
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          class="input input--code"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
          maxlength={props.length + 4}
          data-focus=""
          aria-required="true"
        />
      )}
    </Field>
  )
}
