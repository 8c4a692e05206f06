import { findIdNumber } from './idNumber'
import { isNameRefused } from './personName'
import type { Organisation, TitleLevel } from './types'

/** The registration form as it stands. */
export interface Registration {
  name: string
  idNumber: string
  employer: Organisation | undefined
  level: TitleLevel
  series: string
  startsOn: string
  password: string
  repeated: string
}

export type RegistrationField = keyof Registration

/** The shortest password the service takes. */
export const SHORTEST_PASSWORD = 10

export function emptyRegistration(): Registration {
  return {
    name: '',
    idNumber: '',
    employer: undefined,
    level: 'unrated',
    series: '',
    startsOn: '',
    password: '',
    repeated: '',
  }
}

/** The fields that have to be mended before anything is sent; nothing here asks the service. */
export function unready(form: Registration, now: Date): Set<RegistrationField> {
  const fields = new Set<RegistrationField>()
  if (isNameRefused(form.name)) fields.add('name')
  if (findIdNumber(form.idNumber, now).state !== 'good') fields.add('idNumber')
  if (!form.employer) fields.add('employer')
  if ([...form.password].length < SHORTEST_PASSWORD) fields.add('password')
  if (form.repeated !== form.password || !form.repeated) fields.add('repeated')
  return fields
}

/** What is sent; only called when everything is ready. */
export function requestOf(form: Registration, now: Date) {
  return {
    name: form.name.trim(),
    id_type: 'resident_identity_card' as const,
    id_number: findIdNumber(form.idNumber, now).value,
    employer_id: form.employer?.organisation_id ?? '',
    title_level: form.level,
    title_series: form.series.trim() || null,
    starts_on: form.startsOn || null,
    password: form.password,
  }
}

const FIELDS: Record<string, RegistrationField> = {
  '/name': 'name',
  '/id_number': 'idNumber',
  '/employer_id': 'employer',
  '/password': 'password',
  '/title_series': 'series',
  '/starts_on': 'startsOn',
}

/** The field that a problem names, if it is one of the form. */
export function registrationFieldOf(pointer: string): RegistrationField | undefined {
  return FIELDS[pointer]
}
