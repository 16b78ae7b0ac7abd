/** Time is an argument: whoever needs the hour is handed a clock, and tests hand over a frozen one. */
export interface Clock {
  now(): Date
}
