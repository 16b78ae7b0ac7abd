/** What a handler says; the guard writes it. Handlers never touch the response, so they can be read and tested as functions. */
export type Answer =
  | {
      readonly kind: 'html'
      readonly status: number
      readonly html: string
      /** Whoever comes next to this browser must find nothing: its cookies and everything it kept go. Its keys stay. */
      readonly wipes?: true
      readonly cookies?: readonly Cookie[]
    }
  | {
      readonly kind: 'redirect'
      readonly location: string
      /** Leads out of the house on purpose; without it anything but an address of ours is refused. */
      readonly foreign?: true
      readonly cookies?: readonly Cookie[]
    }
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
      /** Seconds for which anybody may keep it. Such an answer carries no cookie. */
      readonly publicFor?: number
      /** Quoted, as it goes into the header; who has it already is answered 304. */
      readonly etag?: string
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

/**
 * On to a page of ours: a path, or an address of our own origin. Always 303: 307 and 308 would repeat a credential POST at
 * the target (BCP 240 4.12, R12). Anything that could lead elsewhere is a fault and answers 500 (R113).
 */
export const seeOther = (location: string, cookies: readonly Cookie[] = []): Answer => ({
  kind: 'redirect',
  location,
  cookies,
})

/** On to an address that is not ours: one that was registered by whoever runs it, never one that a request named. */
export const seeOtherSite = (address: URL, cookies: readonly Cookie[] = []): Answer => ({
  kind: 'redirect',
  location: address.href,
  foreign: true,
  cookies,
})

export const json = (body: unknown, status = 200): Answer => ({ kind: 'json', status, body })

export const noContent: Answer = { kind: 'nothing' }
