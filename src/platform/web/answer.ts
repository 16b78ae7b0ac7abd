/** What a handler says; the guard writes it. Handlers never touch the response, so they can be read and tested as functions. */
export type Answer =
  | {
      readonly kind: 'html'
      readonly status: number
      readonly html: string
      readonly cookies?: readonly Cookie[]
    }
  | { readonly kind: 'redirect'; readonly location: string; readonly cookies?: readonly Cookie[] }
  | {
      readonly kind: 'json'
      readonly status: number
      readonly body: unknown
      readonly cookies?: readonly Cookie[]
    }
  | {
      readonly kind: 'file'
      readonly status: number
      readonly type: string
      readonly body: string | Uint8Array
      readonly downloadAs?: string
      readonly publicFor?: number
      readonly cookies?: readonly Cookie[]
    }
  | { readonly kind: 'nothing'; readonly cookies?: readonly Cookie[] }

export interface Cookie {
  readonly name: string
  /** Undefined clears the cookie. */
  readonly value: string | undefined
  readonly maxAgeSeconds?: number
  readonly path?: string
}

export const page = (html: string, status = 200, cookies: readonly Cookie[] = []): Answer => ({
  kind: 'html',
  status,
  html,
  cookies,
})

/** Always 303: 307 and 308 would repeat a credential POST at the target (BCP 240 4.12, R12). */
export const seeOther = (location: string, cookies: readonly Cookie[] = []): Answer => ({
  kind: 'redirect',
  location,
  cookies,
})

export const json = (body: unknown, status = 200): Answer => ({ kind: 'json', status, body })

export const noContent: Answer = { kind: 'nothing' }
