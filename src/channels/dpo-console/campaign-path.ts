export const campaignsPath = '/dpo/campaigns'
export const campaignPath = (campaignId: string): string => `${campaignsPath}/${campaignId}`
