import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import ReasonDialog from './ReasonDialog.vue'

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= vi.fn()
  HTMLDialogElement.prototype.close ??= vi.fn()
})

const CHOICES = [{ code: 'unreadable', label: '看不清' }]

test('nothing is confirmed without its reason, and what was typed is handed on', async () => {
  const dialog = mount(ReasonDialog, {
    props: { modelValue: true, heading: '退回', confirmLabel: '退回申报', choices: CHOICES, textNeeded: true },
  })
  await dialog.vm.$nextTick()
  await dialog.find('form').trigger('submit')
  expect(dialog.find('[role=alert]').text()).toBe('请选择原因。')
  await dialog.find('input').setValue(true)
  await dialog.find('form').trigger('submit')
  expect(dialog.find('[role=alert]').text()).toBe('请填写说明。')
  expect(dialog.emitted('confirm')).toBeUndefined()
  await dialog.find('textarea').setValue(' 第二页看不清 ')
  await dialog.find('form').trigger('submit')
  expect(dialog.emitted('confirm')).toEqual([[{ code: 'unreadable', text: '第二页看不清' }]])
})
