/**
 * A real PostgreSQL for the demo, the tests and the benchmark, from the binaries npm brings: nothing to install, no port,
 * no password, no question. It listens on a Unix socket in a private directory and on nothing else.
 *
 * One cluster lives in one directory. Whoever starts first owns the postmaster and ends it with `stop()`; everybody else who
 * starts on the same directory is given the same postmaster, and their `stop()` leaves it running. A postmaster whose owner
 * was killed is adopted by the next one who starts.
 *
 * For evaluation only: the bundled binaries lag behind the PostgreSQL project's own releases. Whether it may run at all is
 * decided by the configuration, not here.
 */
export { findRunningEmbedded } from './find-running.ts'
export type { EmbeddedPostgres } from './handle.ts'
export { removeEmbeddedPostgres } from './remove.ts'
export { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './start.ts'
