// Set-up of the unit tests: what a page has, and no network behind it.
import { config } from '@vue/test-utils'
import { afterEach, vi } from 'vitest'
import { i18n } from '@/words'

config.global.plugins = [i18n]

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
