import { afterEach, describe, expect, it } from 'vitest'
import { actionOf, keysAreOn, switchKeys, type KeyAction } from './keys'

function pressed(key: string, html = '<p>x</p>', more: KeyboardEventInit = {}): KeyAction | null {
  document.body.innerHTML = html
  let seen: KeyAction | null = null
  const listen = (event: KeyboardEvent): void => {
    seen = actionOf(event)
  }
  document.addEventListener('keydown', listen)
  const target = document.body.firstElementChild as Element
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }))
  document.removeEventListener('keydown', listen)
  return seen
}

afterEach(() => localStorage.clear())

describe('keys', () => {
  it('do what the list says', () => {
    expect(pressed('j')).toEqual({ does: 'next' })
    expect(pressed('K')).toEqual({ does: 'previous' })
    expect(pressed('a')).toEqual({ does: 'approve' })
    expect(pressed('r')).toEqual({ does: 'return' })
    expect(pressed('x')).toEqual({ does: 'reject' })
    expect(pressed('?')).toEqual({ does: 'help' })
    expect(pressed('3')).toEqual({ does: 'reason', place: 2 })
    expect(pressed('0')).toBeNull()
    expect(pressed('q')).toBeNull()
  })

  it.each([
    '<input>',
    '<input type="number">',
    '<textarea></textarea>',
    '<select></select>',
    '<div contenteditable="true"></div>',
    '<div role="combobox"></div>',
  ])('never fire while typing in %s', (field) => {
    expect(pressed('a', field)).toBeNull()
  })

  it('fire on a tick box, which takes no letters', () => {
    expect(pressed('a', '<input type="checkbox">')).toEqual({ does: 'approve' })
  })

  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }, { repeat: true }])(
    'leave the browser and the input method theirs: %o',
    (modifier) => {
      expect(pressed('a', '<p>x</p>', modifier)).toBeNull()
    },
  )

  it('can be switched off for good', () => {
    expect(keysAreOn()).toBe(true)
    switchKeys(false)
    expect(keysAreOn()).toBe(false)
    switchKeys(true)
    expect(keysAreOn()).toBe(true)
  })
})
