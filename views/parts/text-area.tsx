import type { ComponentChildren } from 'preact'
import { Field, type FieldProps } from './field.tsx'

/** Several lines of text, with room for what it was before and for what was found in it. */
export function TextArea(
  props: FieldProps & {
    value: string
    rows?: number
    lang?: string
    mono?: boolean
    /** Stands under the field and is read out with it. */
    below?: ComponentChildren
  },
) {
  const { value, rows = 4, lang, mono = false, below, name } = props
  const about = below ? `${name}-below` : undefined
  return (
    <Field {...props}>
      {(control) => (
        <>
          <textarea
            {...control}
            class={mono ? 'input input--text mono' : 'input input--text'}
            rows={rows}
            spellcheck={!mono}
            {...(lang === undefined ? {} : { lang })}
            {...(about === undefined
              ? {}
              : {
                  'aria-describedby': [control['aria-describedby'], about].filter(Boolean).join(' '),
                })}
            {...(props.optional ? {} : { 'aria-required': 'true' as const })}
          >
            {value}
          </textarea>
          {below && <div id={about}>{below}</div>}
        </>
      )}
    </Field>
  )
}
