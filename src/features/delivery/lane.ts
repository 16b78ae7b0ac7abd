/** Lanes are leased by workers, one holder at a time, so that events of one subject are never sent out of order. */
export const laneCount = 64

/** The lane of a subject: the low bits of a UUIDv7 are random, so its last two hex digits spread evenly. */
export const laneOf = (subjectId: string): number => Number.parseInt(subjectId.slice(-2), 16) % laneCount
