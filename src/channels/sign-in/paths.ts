import { z } from 'zod'

/** Every page of an interaction lies under its own path, to which the engine binds its cookie. */
export const interactionBase = '/sign-in/:uid'

export const interactionPath = (uid: string, page = ''): string =>
  page === '' ? `/sign-in/${uid}` : `/sign-in/${uid}/${page}`

export const interactionParams = z.strictObject({
  uid: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
})
