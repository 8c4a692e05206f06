import type { VerifyApi } from '@/api'

export type Purpose = VerifyApi.components['schemas']['OfficeLookupRequest']['purpose']
export const PURPOSES: readonly Purpose[] = ['title_review', 'appointment', 'inspection', 'complaint']
