import { describe, expect, it } from 'vitest'
import { checkCharacter, findIdNumber, grouped, normalise } from './idNumber'

const TODAY = new Date('2026-11-23T02:00:00Z')
const find = (typed: string) => findIdNumber(typed, TODAY)

describe('an ID number as it is typed', () => {
  it('is good with the right check character', () => {
    // Examples of GB 11643-1999.
    expect(find('11010519491231002X')).toMatchObject({ state: 'good', value: '11010519491231002X' })
    expect(find('440524188001010014').state).toBe('birth_date')
    expect(checkCharacter('11010519491231002')).toBe('X')
  })

  it.each([
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['110105 19491231 002x', '11010519491231002X'],
    ['110105-19491231-002ｘ', '11010519491231002X'],
    ['\ufeff110105\u200b19491231002X', '11010519491231002X'],
  ])('forgives how %s was typed', (typed, value) => {
    expect(normalise(typed)).toBe(value)
    expect(find(typed)).toMatchObject({ state: 'good', value })
  })

  it('makes 15 digits 18', () => {
    expect(find('110105491231002')).toMatchObject({
      state: 'good',
      value: '11010519491231002X',
      lengthened: true,
    })
  })

  it('says nothing is wrong while digits are still coming', () => {
    expect(find('').state).toBe('empty')
    expect(find('1101051949').state).toBe('incomplete')
    expect(find('110105194912310').state).toBe('incomplete') // 15 digits on the way to 18
    expect(find('11010519491231002').length).toBe(17)
  })

  it('finds one wrong digit, wherever it is', () => {
    const good = '11010519491231002X'
    for (let place = 0; place < 17; place += 1) {
      const other = (Number(good[place]) + 1) % 10
      const wrong = good.slice(0, place) + String(other) + good.slice(place + 1)
      expect(find(wrong).state).toBe('check_digit')
    }
  })

  it('finds two neighbours exchanged', () => {
    expect(find('11010519491230102X').state).toBe('check_digit')
  })

  it('knows what a spreadsheet does to long numbers', () => {
    expect(find('110105194912310000').state).toBe('spreadsheet')
  })

  it.each([['1101051949123100A'], ['11010519491231002XX'], ['ABC'], ['11010519491231002Y']])(
    'refuses %s',
    (typed) => expect(find(typed).state).toBe('malformed'),
  )

  it.each([['1101052099123100'], ['1101051949023100']])('refuses the birthday in %s', (start) => {
    const digits = `${start}2`
    expect(find(digits + checkCharacter(digits)).state).toBe('birth_date')
  })

  it('is shown in groups', () => {
    expect(grouped('11010519491231002X')).toBe('110105 19491231 002X')
    expect(grouped('1101')).toBe('1101')
  })
})
