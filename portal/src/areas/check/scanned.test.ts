import { describe, expect, test } from 'vitest'
import vectors from '../../../../contracts/qr/vectors.json'
import { readScanned } from './scanned'

const OWN = 'verify.example.gov.cn'
const [token] = vectors.tokens.valid

describe('a scanned code', () => {
  test.each(vectors.tokens.valid)('of the own host opens its page, spelled in one way: $input', ({ input, canonical }) => {
    expect(readScanned(`https://${OWN}/v/${input}#0AZ9`, OWN)).toEqual({
      kind: 'certificate',
      path: `/v/${canonical}#0AZ9`,
    })
  })

  test('keeps no fragment that is no payload', () => {
    expect(readScanned(`https://${OWN}/v/${token!.input}#<script>`, OWN)).toEqual({
      kind: 'certificate',
      path: `/v/${token!.canonical}`,
    })
  })

  test.each([
    [`https://verify.example.gov.cn.evil.example/v/${token!.input}`, 'verify.example.gov.cn.evil.example'],
    [`https://verify.example.gov.cn@evil.example/v/${token!.input}`, 'evil.example'],
    [`http://evil.example/v/${token!.input}#0AZ9`, 'evil.example'],
    [`https://verify.example.gov.cn:8443/v/${token!.input}`, 'verify.example.gov.cn:8443'],
    ['https://evil.example/pay?me', 'evil.example'],
  ])('of another host is warned of: %s', (text, host) => {
    expect(readScanned(text, OWN)).toEqual({ kind: 'foreign', host })
  })

  test.each([
    '',
    'WIFI:S:net;P:secret;;',
    'javascript:alert(1)',
    `https://${OWN}/`,
    `https://${OWN}/v/short`,
    `https://${OWN}/v/${token!.input}/more`,
    `https://${OWN}/v/${'A'.repeat(700)}`,
  ])('that is no certificate opens nothing: %s', (text) => {
    expect(readScanned(text, OWN)).toEqual({ kind: 'other' })
  })
})
