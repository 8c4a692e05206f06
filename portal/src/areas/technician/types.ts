import type { components as Certificates } from '@/api/generated/certificates'
import type { components as Hours } from '@/api/generated/hours'
import type { components as Identity } from '@/api/generated/identity'

export type Year = Hours['schemas']['YearOut']
export type YearSummary = Hours['schemas']['YearSummary']
export type OpenClaim = Hours['schemas']['OpenClaimOut']
export type Claim = Hours['schemas']['ClaimOut']
export type ClaimDetail = Hours['schemas']['ClaimDetail']
export type ClaimEvent = Hours['schemas']['ClaimEventOut']
export type ClaimState = Hours['schemas']['State']
export type ActivityKind = Hours['schemas']['ActivityKindOut']
export type Estimate = Hours['schemas']['EstimateOut']
export type Certificate = Certificates['schemas']['CertificateView']
export type Intent = Certificates['schemas']['IntentView']
export type Share = Certificates['schemas']['ShareView']
export type Check = Certificates['schemas']['CheckView']
export type Change = Certificates['schemas']['ChangeView']
export type Organisation = Identity['schemas']['OrganisationView']
export type OwnAffiliation = Identity['schemas']['OwnAffiliationView']
export type TitleLevel = Identity['schemas']['TitleLevel']

export const TITLE_LEVELS: readonly TitleLevel[] = [
  'senior_full',
  'senior_associate',
  'intermediate',
  'junior',
  'unrated',
]
/** Subject kinds in the order in which they are always shown. */
export const SUBJECT_KINDS = ['public', 'professional'] as const
export const CLAIM_STATES: readonly ClaimState[] = [
  'submitted',
  'employer_approved',
  'approved',
  'returned',
  'rejected',
  'withdrawn',
]
