import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import { mayEnter, type Role } from '@/session'

/** The first page of an area in the navigation of whoever holds these roles. */
export function firstPageOf(
  routes: readonly RouteRecordRaw[],
  roles: readonly Role[],
  area: string,
): string | undefined {
  return sectionsFor(routes, true, roles).find((section) => section.area === area)?.items[0]?.path
}

/** One area's part of the navigation. */
export interface Section {
  area: string
  title: string
  items: readonly Item[]
}

export interface Item {
  path: string
  title: string
  icon: Component
}

/** Build the navigation from the routes: what a person may not enter is not shown. */
export function sectionsFor(
  routes: readonly RouteRecordRaw[],
  isLoggedIn: boolean,
  roles: readonly Role[],
): Section[] {
  const sections = new Map<string, { order: number; item: Item }[]>()
  for (const { path, meta } of routes) {
    if (!meta?.nav || !meta.area || !meta.title) continue
    const open = meta.public || (isLoggedIn && mayEnter(roles, meta.roles))
    if (!open) continue
    const item = { path, title: meta.title, icon: meta.nav.icon }
    const known = sections.get(meta.area) ?? []
    sections.set(meta.area, [...known, { order: meta.nav.order, item }])
  }
  return [...sections].map(([area, entries]) => ({
    area,
    title: `titles.${area}.area`,
    items: entries.sort((one, other) => one.order - other.order).map(({ item }) => item),
  }))
}
