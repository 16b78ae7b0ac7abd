import type { RegisteredResource, Resource } from './resource.ts'

export interface ResourceReads {
  find(identifier: string): Promise<RegisteredResource | undefined>
  /** Every service, retired ones too, by identifier. */
  list(): Promise<readonly RegisteredResource[]>
}

/**
 * Port. Promises: an identifier stands for one service at a time, and can be registered anew only after it was retired;
 * whoever registers it anew starts without the clients of before; every change tells the other processes when, and only
 * when, it commits.
 */
export interface ResourceStore extends ResourceReads {
  /** False when a service that is not retired has this identifier. */
  register(resource: Resource, at: Date): Promise<boolean>
  /** False when there is none, or none that is not retired yet. */
  retire(identifier: string, at: Date): Promise<boolean>
  /** What the client may ask for there from now on; nothing takes the right away. Introspecting stays as it is. */
  allow(identifier: string, clientId: string, scopes: readonly string[]): Promise<void>
}

export interface ResourceStores {
  readonly resources: ResourceStore
}
