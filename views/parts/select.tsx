import { h } from 'preact'
import { Field, type FieldProps } from './field.tsx'

/** One of many. `none` is what stands there while nothing was chosen. */
export function Select(
  props: FieldProps & {
    none?: string | undefined
    options: readonly { readonly value: string; readonly words: string }[]
    value: string
  },
) {
  const { none, options, value } = props
  return (
    <Field {...props}>
      {(control) =>
        h(
          'select',
          { ...control, class: 'input' },
          none === undefined ? null : <option value="">{none}</option>,
          options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.words}
            </option>
          )),
        )
      }
    </Field>
  )
}
