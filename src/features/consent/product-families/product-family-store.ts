/**
 * Port. Promises: `add` and `remove` change what is not so already and answer with those categories; what was taken out stays on
 * record with its dates.
 */
export interface ProductFamilyStore {
  add(family: string, categories: readonly string[], at: Date): Promise<readonly string[]>
  remove(family: string, categories: readonly string[] | undefined, at: Date): Promise<readonly string[]>
}

export interface ProductFamilyStores {
  readonly productFamilies: ProductFamilyStore
}
