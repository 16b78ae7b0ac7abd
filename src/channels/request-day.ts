/** A moment that is on this day in every time zone a controller sits in, for words that tell the day alone. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`)
