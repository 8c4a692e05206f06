import { expect, test } from 'vitest'
import { stepsOf, type Facts } from './steps'

const yes = async () => true
const facts: Facts = {
  hasOwnPassword: yes,
  hasEmployer: yes,
  hasFiled: async () => false,
  hasCertificate: async () => false,
  hasNobodyToConfirm: yes,
  hasNothingToReview: async (step) => step === 'employer',
  hasSeal: yes,
  hasNothingToApprove: yes,
  hasNothingParked: yes,
}

test('each role has its steps, done as the services say', async () => {
  const groups = await stepsOf(['technician', 'bureau_administrator', 'training_institution'], facts)
  expect(groups.map(({ role }) => role)).toEqual(['everybody', 'technician', 'bureau_administrator'])
  expect(groups[1]?.steps.map(({ key, done }) => [key, done])).toEqual([
    ['employer', true],
    ['file', false],
    ['certificate', false],
  ])
  expect(groups[2]?.steps.find(({ key }) => key === 'review_bureau')?.done).toBe(false)
})
