import { ref } from 'vue'
import { answer, identity } from '@/api/client'

/** How many messages wait; the bell and the page of messages share it. */
export const unread = ref(0)

/** Ask again; without an answer the bell keeps what it knew. */
export async function countUnread(): Promise<void> {
  try {
    unread.value = (await answer(identity.GET('/api/identity/v1/messages/unread'))).unread
  } catch {
    // The page of messages tells what is wrong; a bell need not.
  }
}
