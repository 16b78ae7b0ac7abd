/** Every embedded server says so by this name (`show cluster_name`), so that production can refuse it whoever connects. */
export const embeddedClusterName = 'placet-embedded'
